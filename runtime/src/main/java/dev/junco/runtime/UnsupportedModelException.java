package dev.junco.runtime;

/** A sound model that needs something which this runtime does not have; the message names all of it. */
public final class UnsupportedModelException extends JuncoException {
    private static final long serialVersionUID = 1L;

    public UnsupportedModelException(String message) {
        super(message);
    }
}
