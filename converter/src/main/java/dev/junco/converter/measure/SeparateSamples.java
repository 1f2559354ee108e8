package dev.junco.converter.measure;

import dev.junco.runtime.DType;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Tensor;
import java.util.function.IntFunction;

/**
 * Whether the samples of one run keep to themselves. A model made for one sample may take a maximum or a mean over all that it is given, or have the samples
 * along another axis than the first: several at once would then get other answers than each alone. Nodes do not tell, so it is tried.
 */
public final class SeparateSamples {
    /** Of the largest number; kernels for other sizes may round otherwise, mixed samples differ by far more. */
    private static final double TOLERANCE = 1e-3;

    private final Interpreter alone;
    private final int own;
    private final IntFunction<float[]> samples;

    private SeparateSamples(Interpreter alone, int own, IntFunction<float[]> samples) {
        this.alone = alone;
        this.own = own;
        this.samples = samples;
    }

    /**
     * Whether the first and the last samples of a run give what they give in the model's own batch size.
     *
     * @param together runs {@code batch} samples
     * @param alone runs {@code own} samples, as the model's file has it
     * @param samples a sample's features by its number
     */
    public static boolean are(
            Interpreter together, int batch, Interpreter alone, int own, IntFunction<float[]> samples) {
        SeparateSamples separate = new SeparateSamples(alone, own, samples);
        separate.run(together, batch, 0);
        return separate.agree(together, batch, 0) && separate.agree(together, batch, Math.max(0, batch - own));
    }

    private void run(Interpreter interpreter, int batch, int first) {
        for (int i = 0; i < batch; i++) {
            float[] features = samples.apply(first + i);
            int at = 0;
            for (Tensor input : interpreter.inputs().values()) {
                int width = input.size() / batch;
                input.set(features, at, i * width, width);
                at += width;
            }
        }
        interpreter.reset();
        interpreter.run();
    }

    private boolean agree(Interpreter together, int batch, int first) {
        run(alone, own, first);
        for (Tensor many : together.outputs().values()) {
            Tensor few = alone.output(many.name());
            if ((long) many.size() * own != (long) few.size() * batch) {
                return false;
            }
            int width = few.size() / own;
            if (many.spec().type() != DType.BOOL && !same(many, first * width, few, Math.min(own, batch) * width)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Tensor many, int from, Tensor few, int count) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < count; i++) {
            float a = many.get(from + i);
            float b = few.get(i);
            if (Float.compare(a, b) != 0) {
                apart = Math.max(apart, Math.abs((double) a - b));
                if (!(apart < Double.POSITIVE_INFINITY)) {
                    return false;
                }
            }
            largest = Float.isFinite(b) ? Math.max(largest, Math.abs(b)) : largest;
        }
        return apart <= TOLERANCE * largest;
    }
}
