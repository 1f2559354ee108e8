package dev.junco.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now = 5_000_000_000L;

    private ProgressBar bar(boolean terminal, int columns, Charset charset) {
        return new ProgressBar(new PrintStream(bytes, true, charset), terminal, columns, () -> now);
    }

    private String printed(Charset charset) {
        String text = bytes.toString(charset);
        bytes.reset();
        return text;
    }

    private static Map<String, Double> values(double loss, double accuracy) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", loss);
        values.put("accuracy", accuracy);
        return values;
    }

    @Test
    void redrawsOneLineOnATerminal() {
        ProgressBar bar = bar(true, 120, StandardCharsets.UTF_8);
        bar.begin(3, 10, 60_000);
        now += 1_000_000_000L;
        bar.show(15_000, values(0.41234, 0.85));
        assertEquals(
                "\r"
                        + "Epoch  3/10  ██████░░░░░░░░░░░░░░░░░░   25 %  0:03 left  15,000 samples/s  loss 0.4123 "
                        + " accuracy 0.8500",
                printed(StandardCharsets.UTF_8));
        now += 3_000_000_000L;
        bar.end(values(0.3, 0.9));
        String last = printed(StandardCharsets.UTF_8);
        assertTrue(last.startsWith("\rEpoch  3/10  4.0 s  15,000 samples/s  loss 0.3000  accuracy 0.9000   "), last);
        assertTrue(last.endsWith(System.lineSeparator()));
    }

    @Test
    void drawsAtMostTenTimesASecond() {
        ProgressBar bar = bar(true, 120, StandardCharsets.UTF_8);
        bar.begin(1, 1, 1000);
        int drawn = 0;
        for (int i = 0; i < 1000; i++) {
            now += 1_000_000;
            bar.show(i, Map.of());
            drawn += printed(StandardCharsets.UTF_8).isEmpty() ? 0 : 1;
        }
        assertEquals(10, drawn);
    }

    @Test
    void printsOneLineForEachEpochElsewhere() {
        ProgressBar bar = bar(false, 80, StandardCharsets.UTF_8);
        bar.begin(1, 2, 100);
        now += 90_000_000_000L;
        assertFalse(bar.due());
        bar.show(50, values(1, 1));
        assertEquals("", printed(StandardCharsets.UTF_8));
        bar.end(values(1e-5, Double.NaN));
        assertEquals(
                "Epoch 1/2  1:30  1 samples/s  loss 1.000e-05  accuracy NaN" + System.lineSeparator(),
                printed(StandardCharsets.UTF_8));
    }

    @Test
    void fitsNarrowTerminals() {
        for (int columns = 1; columns < 130; columns++) {
            ProgressBar bar = bar(true, columns, StandardCharsets.UTF_8);
            bar.begin(1, 10, 100);
            now += 1_000_000_000L;
            bar.show(50, values(0.5, 0.5));
            assertTrue(printed(StandardCharsets.UTF_8).length() <= Math.max(2, columns), "columns " + columns);
        }
    }

    @Test
    void breaksTheLastLineWhereItDoesNotFit() {
        ProgressBar bar = bar(true, 50, StandardCharsets.UTF_8);
        bar.begin(1, 2, 100);
        now += 1_000_000_000L;
        bar.end(values(0.5, 0.25));
        assertEquals(
                List.of("Epoch 1/2  1.0 s  100 samples/s  loss 0.5000", "           accuracy 0.2500"),
                printed(StandardCharsets.UTF_8).replace("\r", "").lines().toList());
    }

    @Test
    void keepsToAsciiWhereBlocksCannotBePrinted() {
        ProgressBar bar = bar(true, 120, StandardCharsets.US_ASCII);
        bar.begin(1, 1, 4);
        now += 1_000_000_000L;
        bar.show(3, Map.of());
        assertTrue(printed(StandardCharsets.US_ASCII).contains("==================......   75 %"));
    }

    @Test
    void standsATotalThatIsExceeded() {
        ProgressBar bar = bar(true, 120, StandardCharsets.UTF_8);
        bar.begin(1, 1, 0);
        bar.show(5, Map.of());
        now += 1_000_000_000L;
        bar.show(5, Map.of());
        assertTrue(printed(StandardCharsets.UTF_8).contains("100 %  0:00 left"));
    }
}
