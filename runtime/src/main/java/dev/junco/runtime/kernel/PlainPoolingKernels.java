package dev.junco.runtime.kernel;

import java.util.Arrays;

/**
 * Pooling as plain loops: cell by cell of a window, all channels of a cell in one run, which is a method of its own: compiled for the loops around
 * it, it would be compiled again for each of them.
 */
public final class PlainPoolingKernels implements PoolingKernels {
    @Override
    public void maxPool(
            PoolGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        int channels = g.channels();
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = oy * g.strideH() - g.padTop();
            int fromY = Math.max(top, 0);
            int toY = Math.min(top + g.windowHeight(), g.inputHeight());
            for (int ox = 0; ox < g.outputWidth(); ox++) {
                int left = ox * g.strideW() - g.padLeft();
                int fromX = Math.max(left, 0);
                int toX = Math.min(left + g.windowWidth(), g.inputWidth());
                int out = yOffset + (oy * g.outputWidth() + ox) * channels;
                Arrays.fill(y, out, out + channels, Float.NEGATIVE_INFINITY);
                for (int iy = fromY; iy < toY; iy++) {
                    for (int ix = fromX; ix < toX; ix++) {
                        int in = xOffset + (iy * g.inputWidth() + ix) * channels;
                        keepMax(channels, x, in, y, out);
                    }
                }
                scaleAndClamp(channels, y, out, 1f, lo, hi);
            }
        }
    }

    @Override
    public void averagePool(
            PoolGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        int channels = g.channels();
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = oy * g.strideH() - g.padTop();
            int fromY = Math.max(top, 0);
            int toY = Math.min(top + g.windowHeight(), g.inputHeight());
            for (int ox = 0; ox < g.outputWidth(); ox++) {
                int left = ox * g.strideW() - g.padLeft();
                int fromX = Math.max(left, 0);
                int toX = Math.min(left + g.windowWidth(), g.inputWidth());
                int out = yOffset + (oy * g.outputWidth() + ox) * channels;
                Arrays.fill(y, out, out + channels, 0f);
                for (int iy = fromY; iy < toY; iy++) {
                    for (int ix = fromX; ix < toX; ix++) {
                        int in = xOffset + (iy * g.inputWidth() + ix) * channels;
                        add(channels, x, in, y, out);
                    }
                }
                float scale = 1f / divisor(g, (toY - fromY) * (toX - fromX));
                scaleAndClamp(channels, y, out, scale, lo, hi);
            }
        }
    }

    private static void add(int channels, float[] x, int in, float[] y, int out) {
        for (int c = 0; c < channels; c++) {
            y[out + c] += x[in + c];
        }
    }

    private static void keepMax(int channels, float[] x, int in, float[] y, int out) {
        for (int c = 0; c < channels; c++) {
            y[out + c] = Math.max(y[out + c], x[in + c]);
        }
    }

    private static void keepMax(int channels, byte[] x, int in, byte[] y, int out) {
        for (int c = 0; c < channels; c++) {
            y[out + c] = (byte) Math.max(y[out + c], x[in + c]);
        }
    }

    private static void scaleAndClamp(int channels, float[] y, int out, float scale, float lo, float hi) {
        for (int c = 0; c < channels; c++) {
            y[out + c] = Math.min(Math.max(y[out + c] * scale, lo), hi);
        }
    }

    private static int divisor(PoolGeometry g, int cells) {
        return g.countPadding() ? g.windowHeight() * g.windowWidth() : cells;
    }

    @Override
    public void maxPoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        int channels = g.channels();
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = oy * g.strideH() - g.padTop();
            int fromY = Math.max(top, 0);
            int toY = Math.min(top + g.windowHeight(), g.inputHeight());
            for (int ox = 0; ox < g.outputWidth(); ox++) {
                int left = ox * g.strideW() - g.padLeft();
                int fromX = Math.max(left, 0);
                int toX = Math.min(left + g.windowWidth(), g.inputWidth());
                int out = yOffset + (oy * g.outputWidth() + ox) * channels;
                Arrays.fill(y, out, out + channels, (byte) lo);
                for (int iy = fromY; iy < toY; iy++) {
                    for (int ix = fromX; ix < toX; ix++) {
                        int in = xOffset + (iy * g.inputWidth() + ix) * channels;
                        keepMax(channels, x, in, y, out);
                    }
                }
                for (int c = 0; c < channels; c++) {
                    y[out + c] = (byte) Math.min(y[out + c], hi);
                }
            }
        }
    }

    @Override
    public void averagePoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        int channels = g.channels();
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = oy * g.strideH() - g.padTop();
            int fromY = Math.max(top, 0);
            int toY = Math.min(top + g.windowHeight(), g.inputHeight());
            for (int ox = 0; ox < g.outputWidth(); ox++) {
                int left = ox * g.strideW() - g.padLeft();
                int fromX = Math.max(left, 0);
                int toX = Math.min(left + g.windowWidth(), g.inputWidth());
                int out = yOffset + (oy * g.outputWidth() + ox) * channels;
                int count = (toY - fromY) * (toX - fromX);
                for (int c = 0; c < channels; c++) {
                    int sum = 0;
                    for (int iy = fromY; iy < toY; iy++) {
                        int in = xOffset + (iy * g.inputWidth() + fromX) * channels + c;
                        for (int ix = fromX; ix < toX; ix++) {
                            sum += x[in];
                            in += channels;
                        }
                    }
                    int mean = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
                    y[out + c] = (byte) Math.min(Math.max(mean, lo), hi);
                }
            }
        }
    }
}
