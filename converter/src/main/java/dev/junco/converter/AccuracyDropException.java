package dev.junco.converter;

/** A converted network lost more accuracy than was allowed; nothing has been written. */
public final class AccuracyDropException extends ConversionException {
    private static final long serialVersionUID = 1L;

    private final transient ConversionReport report;

    AccuracyDropException(String message, ConversionReport report) {
        super(message);
        this.report = report;
    }

    /** What was measured. */
    public ConversionReport report() {
        return report;
    }
}
