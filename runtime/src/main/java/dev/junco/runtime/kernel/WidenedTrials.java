package dev.junco.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/** A problem for each kernel of widened int8 values: two vectors and a rest where tiny. */
final class WidenedTrials {
    private static final QuantizedSum HALVES = QuantizedSum.of(0.5f, 0, 0.5f, 0, 1f, 0, -128, 127);

    /** Values that are in doubt: one vector of the widest. */
    private static final int DOUBTFUL = 16;

    /** What lines and the way to and from bytes take. */
    static final List<KernelTrial.Problem> LINES = List.of(
            depthwise(3, 3), depthwise(2, 3), depthwise(2, 2), depthwise(1, 2), rescale(0, true), expand(), narrow());

    /** The rest. */
    static final List<KernelTrial.Problem> REST = List.of(rescale(-128, true), rescale(-128, false), add());

    private WidenedTrials() {}

    private static int bytes(KernelTrial.Size size) {
        return size == KernelTrial.Size.MODERATE ? 1003 : size == KernelTrial.Size.TINY ? 67 : 0;
    }

    private static KernelTrial.Problem expand() {
        return (kernels, size) -> {
            WidenedKernels k = kernels.widened();
            int n = bytes(size);
            byte[] x = new byte[n];
            float[] floats = new float[n];
            return times -> {
                for (int i = 0; i < times; i++) {
                    k.expand(x, 0, 3, floats, 0, n);
                }
            };
        };
    }

    private static KernelTrial.Problem narrow() {
        return (kernels, size) -> {
            WidenedKernels k = kernels.widened();
            int n = bytes(size);
            float[] floats = new float[n];
            byte[] y = new byte[n];
            return times -> {
                for (int i = 0; i < times; i++) {
                    k.narrow(floats, 0, 3, y, 0, n);
                }
            };
        };
    }

    /** Sums to results, with lines and by estimates, which have loops of their own. */
    private static KernelTrial.Problem rescale(int lo, boolean lines) {
        return (kernels, size) -> {
            WidenedKernels k = kernels.widened();
            boolean idle = size == KernelTrial.Size.IDLE;
            int r = idle ? 0 : size == KernelTrial.Size.MODERATE ? 17 : 5;
            int n = size == KernelTrial.Size.MODERATE ? 115 : 51; // pairs of vectors, one and a rest
            int stride = n + 1; // rows one behind the other would be taken together
            float[] sums = new float[r * stride];
            // estimates of the first channels lie at a half: the path for doubts has to be compiled as well
            int[] bias = new int[n];
            Arrays.fill(bias, 0, DOUBTFUL, 7);
            Rescaling scaling = rescaling(lo, lines, bias);
            return times -> {
                for (int i = 0; i < times; i++) {
                    k.rescale(scaling, sums, 0, stride, r, 0, n);
                }
            };
        };
    }

    /** Channels with lines, for results from 0 on. */
    static Rescaling lines(int channels) {
        return rescaling(0, true, new int[channels]);
    }

    private static Rescaling rescaling(int lo, boolean lines, int[] bias) {
        int[] multipliers = new int[bias.length];
        int[] shifts = new int[bias.length];
        int[] sums = new int[bias.length]; // of which none is but 0
        Arrays.fill(multipliers, 1 << 30);
        Arrays.fill(shifts, -3);
        Rescaling scaling = new Rescaling(bias, multipliers, shifts, lo, 127, sums, sums);
        SingleRounding rounding = scaling.singleRounding();
        for (int c = 0; c < bias.length; c++) {
            if (lines) {
                rounding.put(c, 0.0625f, 0.5f, 0, SingleRounding.MAGIC);
            } else {
                rounding.lack(c);
            }
        }
        rounding.publish();
        return scaling;
    }

    /** Sums under a part of a filter and their results in one, where kernels do that. */
    private static KernelTrial.Problem depthwise(int height, int width) {
        return (kernels, size) -> {
            WidenedKernels k = kernels.widened();
            int channels = 32;
            int n = size == KernelTrial.Size.MODERATE ? 8 : 3;
            int columns = size == KernelTrial.Size.IDLE ? 0 : n;
            DepthwiseGeometry g =
                    DepthwiseGeometry.whole(channels, channels, n + width - 1, n, columns, height, width, 1, 1, 1, 1);
            float[] x = new float[(n + height - 1) * (n + width - 1) * channels];
            float[] w = new float[height * width * channels];
            float[] y = new float[n * n * channels];
            Rescaling scaling = lines(channels);
            if (k.rescalesDepthwise(scaling)) {
                return times -> {
                    for (int i = 0; i < times; i++) {
                        k.depthwise(g, 0, n, x, 0, w, 0, scaling, y, 0);
                    }
                };
            }
            return times -> {
                for (int i = 0; i < times; i++) {
                    kernels.depthwise().depthwise(g, 0, n, x, 0, w, 0, x, 0, y, 0, -9, 9);
                    k.rescale(scaling, y, 0, channels, n * n, 0, channels);
                }
            };
        };
    }

    /** Sums of widened values, the first of which lie at a half. */
    private static KernelTrial.Problem add() {
        return (kernels, size) -> {
            WidenedKernels k = kernels.widened();
            boolean idle = size == KernelTrial.Size.IDLE;
            int n = idle ? 0 : size == KernelTrial.Size.MODERATE ? 1003 : 131;
            float[] a = new float[n];
            float[] b = new float[n];
            float[] z = new float[n];
            Arrays.fill(b, 0, idle ? 0 : DOUBTFUL, 1f);
            return times -> {
                for (int i = 0; i < times; i++) {
                    k.add(HALVES, a, 0, b, 0, z, 0, n);
                }
            };
        };
    }
}
