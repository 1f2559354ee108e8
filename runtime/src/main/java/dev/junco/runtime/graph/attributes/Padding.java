package dev.junco.runtime.graph.attributes;

/**
 * Rows and columns of zeros around an image. SAME and VALID keep their meaning when the image's size changes.
 *
 * @param mode how the four numbers come about
 * @param top rows above, 0 unless EXPLICIT
 * @param bottom rows below, 0 unless EXPLICIT
 * @param left columns on the left, 0 unless EXPLICIT
 * @param right columns on the right, 0 unless EXPLICIT
 */
public record Padding(Mode mode, int top, int bottom, int left, int right) {
    /** How the padding is told. */
    public enum Mode {
        /** Output size = ⌈input size / stride⌉; the odd row or column goes to the bottom or right. */
        SAME,
        /** None: every window lies inside the image. */
        VALID,
        /** As given. */
        EXPLICIT
    }

    public static final Padding SAME = new Padding(Mode.SAME, 0, 0, 0, 0);
    public static final Padding VALID = new Padding(Mode.VALID, 0, 0, 0, 0);

    public Padding {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "padding " + top + ", " + bottom + ", " + left + ", " + right + " has a negative side");
        }
    }

    /** Given numbers of rows and columns. */
    public static Padding explicit(int top, int bottom, int left, int right) {
        return new Padding(Mode.EXPLICIT, top, bottom, left, right);
    }

    /** Number of window positions along one axis; at most 0 if the window does not fit. */
    public int outputSize(int input, int window, int stride, int dilation, boolean vertical) {
        int reach = (window - 1) * dilation + 1;
        switch (mode) {
            case SAME:
                return (input + stride - 1) / stride;
            case VALID:
                return Math.floorDiv(input - reach, stride) + 1;
            default:
                int padded = input + (vertical ? top + bottom : left + right);
                return Math.floorDiv(padded - reach, stride) + 1;
        }
    }

    /** Zeros before the first row or column. */
    public int before(int input, int window, int stride, int dilation, boolean vertical) {
        if (mode == Mode.EXPLICIT) {
            return vertical ? top : left;
        }
        return mode == Mode.VALID ? 0 : sameTotal(input, window, stride, dilation) / 2;
    }

    private static int sameTotal(int input, int window, int stride, int dilation) {
        int output = (input + stride - 1) / stride;
        return Math.max(0, (output - 1) * stride + (window - 1) * dilation + 1 - input);
    }
}
