package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.ResizeAttributes;

/** Linear resizing of int8 and int16 images, element by element. */
final class Int8Resize {
    private Int8Resize() {}

    static byte[] linear(ResizeAttributes a, byte[] x, Shape from, Shape to) {
        short[] wide = new short[x.length];
        for (int i = 0; i < x.length; i++) {
            wide[i] = x[i];
        }
        short[] result = linear(a, wide, from, to);
        byte[] y = new byte[result.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (byte) result[i];
        }
        return y;
    }

    static short[] linear(ResizeAttributes a, short[] x, Shape from, Shape to) {
        short[] y = new short[to.elements()];
        for (int i = 0; i < y.length; i++) {
            int channel = i % to.dim(3);
            int column = i / to.dim(3) % to.dim(2);
            int row = i / to.dim(3) / to.dim(2) % to.dim(1);
            int image = i / to.dim(3) / to.dim(2) / to.dim(1);
            long v = position(a.coordinates(), row, from.dim(1), to.dim(1));
            long h = position(a.coordinates(), column, from.dim(2), to.dim(2));
            long sum = 0;
            for (int corner = 0; corner < 4; corner++) {
                boolean bottom = corner / 2 == 1;
                boolean right = corner % 2 == 1;
                int r = index(v, from.dim(1), bottom);
                int c = index(h, from.dim(2), right);
                long element = x[((image * from.dim(1) + r) * from.dim(2) + c) * from.dim(3) + channel];
                sum += element * weight(v, bottom) * weight(h, right);
            }
            double exact = sum / (double) (1 << 20);
            y[i] = (short) Math.copySign(Math.floor(Math.abs(exact) + 0.5), exact);
        }
        return y;
    }

    /** In 1024ths of a pixel. */
    private static long position(CoordinateKind kind, int i, int input, int output) {
        if (kind == CoordinateKind.ALIGN_CORNERS && output > 1) {
            return i * (long) Math.floor((1024.0 * (input - 1) + Math.floor((output - 1) / 2.0)) / (output - 1));
        }
        long step = (long) Math.floor((1024.0 * input + Math.floor(output / 2.0)) / output);
        return i * step + (kind == CoordinateKind.HALF_PIXEL ? Math.floorDiv(step, 2) - 512 : 0);
    }

    private static int index(long position, int size, boolean upper) {
        double pixel = position / 1024.0;
        return upper ? (int) Math.min(size - 1, Math.ceil(pixel)) : (int) Math.max(0, Math.floor(pixel));
    }

    private static long weight(long position, boolean upper) {
        long part = position - 1024 * (long) Math.max(0, Math.floor(position / 1024.0));
        return upper ? part : 1024 - part;
    }
}
