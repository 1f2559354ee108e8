package dev.junco.runtime;

/**
 * Whether a model computes here what it computed on the machine that made its file; see {@link Model#selfTest()}. Immutable. Its text is a
 * sentence for people.
 *
 * <pre>{@code
 * SelfTest test = model.selfTest();
 * if (!test.passed()) {
 *     log(test.toString()); // self-test failed: element 3 of output 'probabilities' is 0.71 here; expected is 0.93 …
 * }
 * }</pre>
 *
 * @param outcome whether all is well
 * @param output name of the first output that differs; empty if none does
 * @param index of the first element of it that differs, in row-major order
 * @param found what that element is here; of a quantised output the integer itself
 * @param expected what it was there
 * @param tolerance the largest difference that passes: 0 where the model computes in integers, which every machine does alike
 */
public record SelfTest(Outcome outcome, String output, int index, double found, double expected, double tolerance) {
    static final SelfTest PASSED = new SelfTest(Outcome.PASSED, "", 0, 0, 0, 0);
    static final SelfTest ABSENT = new SelfTest(Outcome.ABSENT, "", 0, 0, 0, 0);

    /** How a self-test ended. */
    public enum Outcome {
        /** All outputs are as they were. */
        PASSED,
        /** An output differs: the kernels here, or the device, compute something else. */
        FAILED,
        /** The file tells nothing to compare with. */
        ABSENT
    }

    /** Whether the outputs were compared and are as they should be. */
    public boolean passed() {
        return outcome == Outcome.PASSED;
    }

    @Override
    public String toString() {
        switch (outcome) {
            case PASSED:
                return "self-test passed";
            case FAILED:
                return "self-test failed: element " + index + " of output '" + output + "' is "
                        + text(found) + " here; expected is " + text(expected)
                        + (tolerance == 0 ? "" : " ± " + text(tolerance))
                        + ". The kernels or the device compute something else; try KernelChoice.PLAIN";
            default:
                return "no self-test: the file has no recorded sample; convert the model again to get one";
        }
    }

    /** An integer, or a float32 number in its own few digits. */
    private static String text(double value) {
        return value == (int) value ? Integer.toString((int) value) : Float.toString((float) value);
    }
}
