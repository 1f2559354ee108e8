package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LookupTablesTest {
    @Test
    void aStraightLineIsExact() {
        short[] table = LookupTables.of16(x -> x, 0x1p-10f, 0x1p-10f);
        assertEquals(513, table.length);
        assertEquals(-32768, table[0]);
        for (int x = -32768; x < 32640; x++) {
            assertEquals(x, LookupTables.interpolated(table, x), 1); // a piece is a little shorter than 128
        }
        assertEquals(32767, LookupTables.interpolated(table, 32767), 1);
    }

    @Test
    void smoothFunctionsAreNearTheirValues() {
        float from = 4f / 32768;
        float to = 60f / 32768;
        short[] table = LookupTables.of16(x -> (float) Math.exp(x), from, to);
        for (int x = -32768; x < 32768; x += 7) {
            double exact = Math.exp(x * (double) from) / to;
            // Half a step for each of three roundings, and pieces that are up to one x too short at the end.
            assertEquals(exact, LookupTables.interpolated(table, x), 1.5 + exact * from, "at " + x);
        }
    }

    @Test
    void whatSaturatesStaysAtTheEnds() {
        short[] table = LookupTables.of16(x -> 4 * x, 1, 1);
        assertEquals(-32768, LookupTables.interpolated(table, -20000));
        assertEquals(32767, LookupTables.interpolated(table, 20000));
        assertEquals(0, LookupTables.interpolated(table, 0), 4);
    }

    @Test
    void rejectsResultsBeyondFloat32() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> LookupTables.of16(x -> (float) Math.exp(x), 1, 1))
                .getMessage();
        assertEquals("results are beyond the largest float32", message);
    }
}
