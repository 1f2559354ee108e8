package dev.junco.converter;

import dev.junco.runtime.JuncoException;

/** A conversion that cannot be done; the message is one sentence that names the cause and the cure. */
public class ConversionException extends JuncoException {
    private static final long serialVersionUID = 1L;

    /** An error with its sentence. */
    public ConversionException(String message) {
        super(message);
    }
}
