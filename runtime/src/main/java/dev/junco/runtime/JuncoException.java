package dev.junco.runtime;

/** Root of the errors that Junco reports about models and data; its message is one sentence for the user. */
public class JuncoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JuncoException(String message) {
        super(message);
    }

    public JuncoException(String message, Throwable cause) {
        super(message, cause);
    }
}
