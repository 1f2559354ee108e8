package dev.junco.trainer.data;

import dev.junco.runtime.JuncoException;
import java.io.Serial;

/**
 * Data that cannot be used. The message is written for the person who has the data: where it is, what was found,
 * what was expected, and what to do about it. A command prints the message and nothing else.
 */
public final class DataException extends JuncoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception with a message of one or two sentences. */
    public DataException(String message) {
        super(message);
    }

    /** An exception with a message of one or two sentences and the failure behind it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
