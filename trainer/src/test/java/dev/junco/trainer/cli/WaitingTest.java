package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void longWorkIsToldAndTheLineWiped() throws InterruptedException {
        try (Waiting _ = Waiting.on(out, "converting", true, 1)) {
            while (!text().contains(" 3 s")) {
                Thread.sleep(1);
            }
        }
        assertTrue(text().startsWith("\rconverting ... 2 s\rconverting ... 3 s"), text());
        assertTrue(text().matches("(?s).* s\r {18,}\r"), text());
    }

    @Test
    void shortWorkIsNot() {
        Waiting.on(out, "converting", true, 60_000).close();
        assertEquals("", text());
    }

    @Test
    void withoutATerminalNothingIsWritten() throws InterruptedException {
        try (Waiting _ = Waiting.on(out, "converting", false, 1)) {
            Thread.sleep(20);
        }
        assertEquals("", text());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
