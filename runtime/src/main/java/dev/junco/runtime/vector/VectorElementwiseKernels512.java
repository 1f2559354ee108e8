package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.ElementwiseKernels;
import dev.junco.runtime.kernel.fma.FmaElementwiseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of single elements on 512-bit vectors. The last vector overlaps the one before; it is computed first, or its
 * operand read first, because the result may stand where the operand stood. What is less than a vector goes to the plain
 * kernels.
 */
public final class VectorElementwiseKernels512 implements ElementwiseKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final ElementwiseKernels PLAIN = new FmaElementwiseKernels();

    @Override
    public void clamp(float[] x, int xOffset, float[] y, int yOffset, int n, float lo, float hi) {
        if (n < LANES) {
            PLAIN.clamp(x, xOffset, y, yOffset, n, lo, hi);
            return;
        }
        FloatVector low = FloatVector.broadcast(F, lo);
        FloatVector high = FloatVector.broadcast(F, hi);
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end);
        last = last.blend(low, last.compare(VectorOperators.LE, low));
        last = last.blend(high, last.compare(VectorOperators.GT, high));
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            v = v.blend(low, v.compare(VectorOperators.LE, low));
            v.blend(high, v.compare(VectorOperators.GT, high)).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void leakyRelu(float[] x, int xOffset, float[] y, int yOffset, int n, float alpha) {
        if (n < LANES) {
            PLAIN.leakyRelu(x, xOffset, y, yOffset, n, alpha);
            return;
        }
        FloatVector factor = FloatVector.broadcast(F, alpha);
        FloatVector zero = FloatVector.broadcast(F, 0f);
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end);
        last = last.mul(factor).blend(last, last.compare(VectorOperators.GE, zero));
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            v.mul(factor).blend(v, v.compare(VectorOperators.GE, zero)).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (0 < n && n < LANES) {
            PLAIN.exp(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - n % LANES;
        if (end == n) {
            VectorPolynomials512.exponentials(x, xOffset, y, yOffset, n, 1f, 0f);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorPolynomials512.exponentials(x, xOffset, y, yOffset, end, 1f, 0f);
        operand.intoArray(y, yOffset + last);
        VectorPolynomials512.exponentials(y, yOffset + last, y, yOffset + last, LANES, 1f, 0f);
    }

    @Override
    public void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (0 < n && n < LANES) {
            PLAIN.sigmoid(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - n % LANES;
        if (end == n) {
            sigmoids(x, xOffset, y, yOffset, n);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        sigmoids(x, xOffset, y, yOffset, end);
        operand.intoArray(y, yOffset + last);
        sigmoids(y, yOffset + last, y, yOffset + last, LANES);
    }

    private static void sigmoids(float[] x, int xOffset, float[] y, int yOffset, int n) {
        VectorPolynomials512.exponentials(x, xOffset, y, yOffset, n, -1f, 0f);
        VectorPolynomials512.reciprocals(y, yOffset, y, yOffset, n);
    }

    @Override
    public void tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (0 < n && n < LANES) {
            PLAIN.tanh(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - n % LANES;
        if (end == n) {
            VectorPolynomials512.tanh(x, xOffset, y, yOffset, n);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorPolynomials512.tanh(x, xOffset, y, yOffset, end);
        operand.intoArray(y, yOffset + last);
        VectorPolynomials512.tanh(y, yOffset + last, y, yOffset + last, LANES);
    }

    @Override
    public void add(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.add(a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).add(FloatVector.fromArray(F, b, bOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i)
                    .add(FloatVector.fromArray(F, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void subtract(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.subtract(a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).sub(FloatVector.fromArray(F, b, bOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i)
                    .sub(FloatVector.fromArray(F, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void multiply(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.multiply(a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).mul(FloatVector.fromArray(F, b, bOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i)
                    .mul(FloatVector.fromArray(F, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void addScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.addScalar(a, aOffset, s, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).add(s);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i).add(s).intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void multiplyScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.multiplyScalar(a, aOffset, s, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).mul(s);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i).mul(s).intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void subtractFromScalar(float s, float[] a, int aOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.subtractFromScalar(s, a, aOffset, z, zOffset, n);
            return;
        }
        FloatVector minuend = FloatVector.broadcast(F, s);
        int end = n - LANES;
        FloatVector last = minuend.sub(FloatVector.fromArray(F, a, aOffset + end));
        for (int i = 0; i < end; i += LANES) {
            minuend.sub(FloatVector.fromArray(F, a, aOffset + i)).intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void scaleShift(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int rows,
            int channels,
            float[] scale,
            int scaleOffset,
            float[] shift,
            int shiftOffset) {
        if (channels < LANES) {
            PLAIN.scaleShift(x, xOffset, y, yOffset, rows, channels, scale, scaleOffset, shift, shiftOffset);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int row = r * channels;
            scaleShiftRow(x, xOffset + row, y, yOffset + row, channels, scale, scaleOffset, shift, shiftOffset);
        }
    }

    private static void scaleShiftRow(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int n,
            float[] scale,
            int scaleOffset,
            float[] shift,
            int shiftOffset) {
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end)
                .fma(
                        FloatVector.fromArray(F, scale, scaleOffset + end),
                        FloatVector.fromArray(F, shift, shiftOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, x, xOffset + i)
                    .fma(
                            FloatVector.fromArray(F, scale, scaleOffset + i),
                            FloatVector.fromArray(F, shift, shiftOffset + i))
                    .intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void axpy(float s, float[] a, int aOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.axpy(s, a, aOffset, z, zOffset, n);
            return;
        }
        FloatVector factor = FloatVector.broadcast(F, s);
        int end = n - LANES;
        FloatVector last =
                FloatVector.fromArray(F, a, aOffset + end).fma(factor, FloatVector.fromArray(F, z, zOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i)
                    .fma(factor, FloatVector.fromArray(F, z, zOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }
}
