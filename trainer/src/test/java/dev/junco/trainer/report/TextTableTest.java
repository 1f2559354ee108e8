package dev.junco.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.junco.trainer.report.TextTable.Align;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void longTextsLoseTheirMiddle() {
        assertEquals("short", TextTable.shortened("short", 5));
        assertEquals("mo…els", TextTable.shortened("model/labels", 6));
        assertEquals("m…s", TextTable.shortened("model/labels", 3));
        assertEquals("𝄞…𝄢", TextTable.shortened("𝄞𝄡𝄡𝄢", 3));
    }

    @Test
    void alignsColumns() {
        TextTable table = new TextTable()
                .column("layer", Align.LEFT)
                .column("n", Align.RIGHT)
                .column("note", Align.LEFT)
                .row("Flatten", 0, "")
                .row("Δ", 100_480, "größer")
                .rule()
                .row("sum", 1, "x");
        assertEquals("""
            layer         n  note
            -----------------------
            Flatten       0
            Δ        100480  größer
            -----------------------
            sum           1  x
            """, table.toString());
    }

    @Test
    void tableWithoutRowsShowsItsHeaders() {
        assertEquals("a\n-\n", new TextTable().column("a", Align.RIGHT).toString());
    }

    @Test
    void refusesRowsOfAnotherWidthAndLateColumns() {
        TextTable table = new TextTable().column("a", Align.LEFT);
        assertThrows(IllegalArgumentException.class, () -> table.row(1, 2));
        table.row(1);
        assertThrows(IllegalStateException.class, () -> table.column("b", Align.LEFT));
    }
}
