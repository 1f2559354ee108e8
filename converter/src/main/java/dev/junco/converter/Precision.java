package dev.junco.converter;

/** How a converted network stores its weights and computes. */
public enum Precision {
    /** float32 throughout; the graph is only simplified. */
    FLOAT32("float32"),
    /** Weights as IEEE 754 binary16, computation in float32: half the size, hardly any loss. */
    FLOAT16("float16 weights"),
    /** Weights as one byte and a scale for each unit, computation in float32: a quarter of the size, no calibration needed. */
    INT8_WEIGHTS("int8 weights"),
    /**
     * Weights and activations in int8 after the TensorFlow Lite 8-bit specification: a quarter of the size and of the memory for
     * activations. What has no int8 arithmetic, recurrent cells for example, stays float32 with int8 weights. Needs calibration data.
     */
    INT8("int8");

    private final String label;

    Precision(String label) {
        this.label = label;
    }

    /** The name for people. */
    @Override
    public String toString() {
        return label;
    }
}
