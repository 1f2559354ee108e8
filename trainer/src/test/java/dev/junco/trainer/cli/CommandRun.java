package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * One call of the command line.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {
    /** Calls {@code junco} with arguments; what is no text is made text. */
    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Junco.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setUsageHelpWidth(80);
        int code = line.execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** The call did what it should and complained of nothing. */
    CommandRun succeeds() {
        assertEquals("", err);
        assertEquals(0, code);
        return this;
    }

    /** The call did what it should and said one sentence about it on standard error that holds every part. */
    CommandRun succeedsSaying(String... parts) {
        assertSentence(err, parts);
        assertEquals(0, code);
        return this;
    }

    /** The call failed with the code, nothing on standard output that matters, and one sentence that holds every part. */
    CommandRun fails(int expected, String... parts) {
        assertSentence(err, parts);
        assertEquals(expected, code, err);
        return this;
    }

    /** Standard output holds every part. */
    CommandRun tells(String... parts) {
        for (String part : parts) {
            assertTrue(out.contains(part), "expected «" + part + "» in: " + out);
        }
        return this;
    }

    /** The text is one line for people. */
    static void assertSentence(String err, String... parts) {
        assertTrue(err.startsWith("junco: "), err);
        assertEquals(1, err.lines().count(), err);
        for (String trace : List.of("\tat ", "Exception", "java.", " null", "Error:")) {
            assertFalse(err.contains(trace), err);
        }
        for (String part : parts) {
            assertTrue(err.contains(part), "expected «" + part + "» in: " + err);
        }
    }
}
