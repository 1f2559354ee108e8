package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.ElementwiseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of single elements on 512-bit vectors. What does not fill a vector goes to the next narrower class, or
 * else the last vector overlaps the one before; that one is computed first, because the result may stand where the
 * operand stood.
 */
public final class VectorElementwiseKernels512 implements ElementwiseKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final ElementwiseKernels NARROWER = new VectorElementwiseKernels256();

    @Override
    public void clamp(float[] x, int xOffset, float[] y, int yOffset, int n, float lo, float hi) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            v = v.blend(lo, v.compare(VectorOperators.LE, lo));
            v.blend(hi, v.compare(VectorOperators.GT, hi)).intoArray(y, yOffset + i);
        }
        if (end < n) {
            NARROWER.clamp(x, xOffset + end, y, yOffset + end, n - end, lo, hi);
        }
    }

    @Override
    public void leakyRelu(float[] x, int xOffset, float[] y, int yOffset, int n, float alpha) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            v.mul(alpha).blend(v, v.compare(VectorOperators.GE, 0f)).intoArray(y, yOffset + i);
        }
        if (end < n) {
            NARROWER.leakyRelu(x, xOffset + end, y, yOffset + end, n - end, alpha);
        }
    }

    @Override
    public void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = VectorPolynomials512.exponentials(x, xOffset, y, yOffset, n, 1f, 0f);
        if (end < n) {
            NARROWER.exp(x, xOffset + end, y, yOffset + end, n - end);
        }
    }

    @Override
    public void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = VectorPolynomials512.exponentials(x, xOffset, y, yOffset, n, -1f, 0f);
        VectorPolynomials512.reciprocals(y, yOffset, y, yOffset, n);
        if (end < n) {
            NARROWER.sigmoid(x, xOffset + end, y, yOffset + end, n - end);
        }
    }

    @Override
    public void tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = VectorPolynomials512.tanh(x, xOffset, y, yOffset, n);
        if (end < n) {
            NARROWER.tanh(x, xOffset + end, y, yOffset + end, n - end);
        }
    }

    @Override
    public void add(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            NARROWER.add(a, aOffset, b, bOffset, z, zOffset, n);
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
            NARROWER.subtract(a, aOffset, b, bOffset, z, zOffset, n);
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
            NARROWER.multiply(a, aOffset, b, bOffset, z, zOffset, n);
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
            NARROWER.addScalar(a, aOffset, s, z, zOffset, n);
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
            NARROWER.multiplyScalar(a, aOffset, s, z, zOffset, n);
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
            NARROWER.subtractFromScalar(s, a, aOffset, z, zOffset, n);
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
            NARROWER.scaleShift(x, xOffset, y, yOffset, rows, channels, scale, scaleOffset, shift, shiftOffset);
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
            NARROWER.axpy(s, a, aOffset, z, zOffset, n);
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
