package dev.junco.runtime;

/** The bytes are not a sound Junco model: truncated, damaged, or another format. */
public final class ModelFormatException extends JuncoException {
    private static final long serialVersionUID = 1L;

    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
