package dev.junco.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/** Problems for kernels whose windows slide over an image: 3×3 windows and parts of them, strides 1 and 2, more channels than fill a vector and fewer. */
final class WindowTrials {
    static final List<KernelTrial.Problem> DEPTHWISE = List.of(
            depthwise(3, 3, 1, 35, 67, 4),
            depthwise(3, 3, 2, 35, 67, 4),
            depthwise(2, 3, 1, 35, 67, 4), // what edges and corners see of a filter
            depthwise(2, 2, 1, 35, 67, 4),
            depthwise(3, 3, 1, 2, 2, 9),
            depthwise(3, 3, 2, 7, 7, 9));

    static final List<KernelTrial.Problem> POOLING = List.of(
            pooling((k, g, x, y, bx, by) -> k.maxPool(g, 0, g.outputHeight(), x, 0, y, 0, 0, 6)),
            pooling((k, g, x, y, bx, by) -> k.averagePool(g, 0, g.outputHeight(), x, 0, y, 0, 0, 6)),
            pooling((k, g, x, y, bx, by) -> k.maxPoolI8(g, 0, g.outputHeight(), bx, 0, by, 0, -128, 127)),
            pooling((k, g, x, y, bx, by) -> k.averagePoolI8(g, 0, g.outputHeight(), bx, 0, by, 0, -128, 127)));

    private WindowTrials() {}

    private interface PoolingCall {
        void run(PoolingKernels kernels, PoolGeometry g, float[] x, float[] y, byte[] bytesX, byte[] bytesY);
    }

    private static float[] values(int n) {
        float[] values = new float[n];
        Arrays.fill(values, 0.5f);
        return values;
    }

    private static KernelTrial.Problem depthwise(
            int kernelHeight, int kernelWidth, int stride, int tiny, int moderate, int outputs) {
        return (kernels, s) -> {
            int channels = s == KernelTrial.Size.MODERATE ? moderate : tiny;
            int size = s == KernelTrial.Size.MODERATE ? 2 * outputs : outputs;
            int width = s == KernelTrial.Size.IDLE ? 0 : size;
            int rows = s == KernelTrial.Size.IDLE ? 3 : size; // a pair and one
            int padded = (size - 1) * stride + 3;
            DepthwiseGeometry g = DepthwiseGeometry.whole(
                    channels, channels, padded, size, width, kernelHeight, kernelWidth, stride, stride, 1, 1);
            float[] x = values(padded * padded * channels);
            float[] w = values(kernelHeight * kernelWidth * channels);
            float[] y = new float[size * size * channels];
            return times -> {
                for (int i = 0; i < times; i++) {
                    kernels.depthwise().depthwise(g, 0, rows, x, 0, w, 0, w, 0, y, 0, 0, 6);
                }
            };
        };
    }

    /** Pixels of fewer channels than a vector has lanes, and of more: both ways are compiled together. */
    private static KernelTrial.Problem pooling(PoolingCall call) {
        return (kernels, s) -> {
            PoolGeometry few = pooling(7, s);
            PoolGeometry many = pooling(s == KernelTrial.Size.MODERATE ? 67 : 35, s);
            int n = many.inputHeight() * many.inputWidth() * many.channels();
            float[] x = values(n);
            float[] y = new float[n];
            byte[] bytesX = new byte[n];
            byte[] bytesY = new byte[n];
            return times -> {
                for (int i = 0; i < times; i++) {
                    call.run(kernels.pooling(), few, x, y, bytesX, bytesY);
                    call.run(kernels.pooling(), many, x, y, bytesX, bytesY);
                }
            };
        };
    }

    private static PoolGeometry pooling(int channels, KernelTrial.Size s) {
        boolean idle = s == KernelTrial.Size.IDLE;
        int size = s == KernelTrial.Size.MODERATE ? 8 : 3;
        int output = idle ? 1 : size;
        int window = idle ? 1 : 3;
        int pad = idle ? 0 : 1;
        return new PoolGeometry(size, size, channels, output, output, window, window, 1, 1, pad, pad, false);
    }
}
