package dev.junco.trainer.cli;

import dev.junco.converter.AccuracyDropException;
import dev.junco.runtime.JuncoException;
import dev.junco.trainer.data.DataException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/** Turns an exception into one sentence and an exit code. */
final class Failure {
    static final int FAILED = 1;
    static final int REFUSED = 3;
    static final int INTERNAL = 70;

    private Failure() {}

    static int report(Exception exception, PrintWriter err) {
        boolean debug = "1".equals(System.getenv("JUNCO_DEBUG"));
        if (debug) {
            exception.printStackTrace(err);
        }
        if (exception instanceof AccuracyDropException) {
            err.println("junco: " + exception.getMessage());
            return REFUSED;
        }
        if (exception instanceof JuncoException
                || exception instanceof DataException
                || exception instanceof IllegalArgumentException) {
            err.println("junco: " + exception.getMessage());
            return FAILED;
        }
        if (exception instanceof UncheckedIOException io) {
            err.println("junco: " + describe(io.getCause()));
            return FAILED;
        }
        if (exception instanceof java.io.IOException io) {
            err.println("junco: " + describe(io));
            return FAILED;
        }
        err.println("junco: an error in Junco itself: " + exception
                + (debug ? "" : ". Please report it; JUNCO_DEBUG=1 shows where it happened."));
        return INTERNAL;
    }

    private static String describe(java.io.IOException exception) {
        if (exception instanceof java.nio.file.NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder; check the path.";
        }
        if (exception instanceof java.nio.file.AccessDeniedException denied) {
            return denied.getFile() + ": access denied.";
        }
        if (exception instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason() + ".";
        }
        return String.valueOf(exception.getMessage());
    }
}
