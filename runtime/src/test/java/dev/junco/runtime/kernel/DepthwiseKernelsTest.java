package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepthwiseKernelsTest {
    private static final int[] CHANNELS = {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 23, 32, 45};

    private static List<DepthwiseGeometry> geometries() {
        List<DepthwiseGeometry> all = new ArrayList<>();
        for (int channels : CHANNELS) {
            for (int width = 1; width < 9; width++) {
                all.add(geometry(channels, 1, 2, width, 3, 3, 1, 1, 1, 1));
            }
            all.add(geometry(channels, 1, 3, 5, 3, 3, 2, 2, 1, 1));
            all.add(geometry(channels, 1, 3, 5, 3, 3, 1, 2, 2, 1));
            all.add(geometry(channels, 1, 3, 5, 3, 3, 1, 1, 2, 1));
            all.add(geometry(channels, 1, 3, 5, 3, 3, 1, 1, 1, 2));
            all.add(geometry(channels, 1, 2, 6, 5, 5, 1, 1, 1, 1));
            all.add(geometry(channels, 1, 2, 6, 1, 1, 1, 1, 1, 1));
            all.add(geometry(channels, 1, 2, 6, 2, 4, 2, 3, 2, 1));
            all.add(geometry(channels, 1, 1, 9, 1, 7, 1, 1, 1, 1));
            all.add(geometry(channels, 2, 2, 5, 3, 3, 1, 1, 1, 1));
            all.add(geometry(channels, 3, 2, 5, 2, 2, 2, 1, 1, 2));
        }
        return all;
    }

    private static DepthwiseGeometry geometry(
            int inputChannels,
            int multiplier,
            int outputHeight,
            int outputWidth,
            int kernelHeight,
            int kernelWidth,
            int strideH,
            int strideW,
            int dilationH,
            int dilationW) {
        int paddedWidth = (outputWidth - 1) * strideW + (kernelWidth - 1) * dilationW + 1 + outputWidth % 2;
        return new DepthwiseGeometry(
                inputChannels,
                inputChannels * multiplier,
                paddedWidth,
                outputHeight,
                outputWidth,
                kernelHeight,
                kernelWidth,
                strideH,
                strideW,
                dilationH,
                dilationW);
    }

    private static float element(
            DepthwiseGeometry g, float[] x, float[] w, float[] bias, int oy, int ox, int c, boolean fused) {
        float sum = bias[2 + c];
        int multiplier = g.channels() / g.inputChannels();
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                int iy = oy * g.strideH() + ky * g.dilationH();
                int ix = ox * g.strideW() + kx * g.dilationW();
                float value = x[5 + (iy * g.paddedWidth() + ix) * g.inputChannels() + c / multiplier];
                float weight = w[3 + (ky * g.kernelWidth() + kx) * g.channels() + c];
                sum = fused ? Math.fma(value, weight, sum) : value * weight + sum;
            }
        }
        return Math.min(Math.max(sum, -1.5f), 2f);
    }

    @Test
    void everyElementIsItsChain() {
        for (DepthwiseGeometry g : geometries()) {
            int inputHeight = (g.outputHeight() - 1) * g.strideH() + (g.kernelHeight() - 1) * g.dilationH() + 1;
            // exactly as long as the geometry says: reading further fails
            float[] x = Samples.extreme(5 + inputHeight * g.paddedWidth() * g.inputChannels(), g.hashCode());
            float[] w = Samples.ordinary(3 + g.kernelHeight() * g.kernelWidth() * g.channels(), 1);
            float[] bias = Samples.ordinary(2 + g.channels(), 2);
            int size = g.outputHeight() * g.outputWidth() * g.channels();
            for (Flavour<DepthwiseKernels> flavour : Flavours.depthwise()) {
                float[] y = new float[size + 11];
                int split = g.outputHeight() / 2;
                flavour.kernels().depthwise(g, split, g.outputHeight(), x, 5, w, 3, bias, 2, y, 4, -1.5f, 2f);
                flavour.kernels().depthwise(g, 0, split, x, 5, w, 3, bias, 2, y, 4, -1.5f, 2f);
                float[] expected = new float[size + 11];
                for (int i = 0; i < size; i++) {
                    int c = i % g.channels();
                    int ox = i / g.channels() % g.outputWidth();
                    int oy = i / g.channels() / g.outputWidth();
                    expected[4 + i] =
                            element(g, x, w, bias, oy, ox, c, !flavour.name().equals("plain"));
                }
                Samples.assertSameBits(expected, y, flavour + " " + g);
            }
        }
    }

    @Test
    void agreesWithALiteral() {
        // 3×3 image of one channel: 1 … 9, weights 1, 2, 3, 4 in a 2×2 filter, bias 0.5
        DepthwiseGeometry g = new DepthwiseGeometry(1, 1, 3, 2, 2, 2, 2, 1, 1, 1, 1);
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        for (Flavour<DepthwiseKernels> flavour : Flavours.depthwise()) {
            float[] y = new float[4];
            flavour.kernels().depthwise(g, 0, 2, x, 0, new float[] {1, 2, 3, 4}, 0, new float[] {0.5f}, 0, y, 0, 0, 60);
            assertEquals(37.5f, y[0]);
            assertEquals(47.5f, y[1]);
            assertEquals(60f, y[2]);
            assertEquals(60f, y[3]);
        }
    }
}
