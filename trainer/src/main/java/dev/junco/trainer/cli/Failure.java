package dev.junco.trainer.cli;

import dev.junco.converter.AccuracyDropException;
import dev.junco.runtime.JuncoException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns whatever went wrong into one sentence and an exit code. */
final class Failure {
    static final int FAILED = 1;
    static final int REFUSED = 3;
    static final int INTERNAL = 70;

    private Failure() {}

    static int report(Throwable thrown, PrintWriter err) {
        boolean debug = "1".equals(System.getenv("JUNCO_DEBUG"));
        if (debug) {
            thrown.printStackTrace(err);
        }
        String known = sentence(thrown);
        if (known != null) {
            say(known, err);
            return thrown instanceof AccuracyDropException ? REFUSED : FAILED;
        }
        say(
                "this is an error in Junco itself: " + describe(thrown)
                        + (debug ? "." : ". Please report it; JUNCO_DEBUG=1 shows where it happened."),
                err);
        return INTERNAL;
    }

    /** One line on standard error. */
    static void say(String sentence, PrintWriter err) {
        err.println("junco: " + sentence.strip().replaceAll("\\s*\\R\\s*", " "));
        err.flush();
    }

    /** What to tell, or null if nobody thought of it. */
    private static String sentence(Throwable thrown) {
        return switch (thrown) {
            // Bad data, bad models, conversions that cannot be done.
            case JuncoException junco -> junco.getMessage();
            // A number or a path that was given; what is wrong with Junco itself shows as another exception.
            case IllegalArgumentException argument -> argument.getMessage();
            case UncheckedIOException unchecked -> describe(unchecked.getCause());
            case IOException io -> describe(io);
            case OutOfMemoryError memory ->
                "out of memory: Java may use "
                        + Sizes.bytes(Runtime.getRuntime().maxMemory())
                        + " here, and this needs more; try a smaller --batch, fewer samples or a smaller network.";
            case StackOverflowError stack -> "the input is nested too deeply; is it the right file?";
            default -> null;
        };
    }

    private static String describe(Throwable thrown) {
        String kind = thrown.getClass().getSimpleName().replaceAll("(Exception|Error)$", "");
        return thrown.getMessage() == null ? kind : kind + ", " + thrown.getMessage();
    }

    private static String describe(IOException exception) {
        return switch (exception) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file or folder; check the path.";
            case AccessDeniedException denied -> denied.getFile() + ": access denied.";
            case FileSystemException file
            when file.getReason() != null -> file.getFile() + ": " + file.getReason() + ".";
            default -> exception.getMessage() == null ? "reading or writing failed." : exception.getMessage();
        };
    }
}
