package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.ElementwiseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of single elements on 512-bit vectors. The last vector of a run overlaps the one before where the length is not a
 * multiple of the lanes; it is computed first, because the result may stand where the operand stood. Runs shorter than
 * a vector go to the next narrower class.
 */
public final class VectorElementwiseKernels512 implements ElementwiseKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final ElementwiseKernels NARROWER = new VectorElementwiseKernels256();

    @Override
    public void clamp(float[] x, int xOffset, float[] y, int yOffset, int n, float lo, float hi) {
        if (n < LANES) {
            NARROWER.clamp(x, xOffset, y, yOffset, n, lo, hi);
            return;
        }
        int end = n - LANES;
        FloatVector last = clamp(FloatVector.fromArray(F, x, xOffset + end), lo, hi);
        for (int i = 0; i < end; i += LANES) {
            clamp(FloatVector.fromArray(F, x, xOffset + i), lo, hi).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    private static FloatVector clamp(FloatVector v, float lo, float hi) {
        FloatVector raised = v.blend(lo, v.compare(VectorOperators.LE, lo));
        return raised.blend(hi, raised.compare(VectorOperators.GT, hi));
    }

    @Override
    public void leakyRelu(float[] x, int xOffset, float[] y, int yOffset, int n, float alpha) {
        if (n < LANES) {
            NARROWER.leakyRelu(x, xOffset, y, yOffset, n, alpha);
            return;
        }
        int end = n - LANES;
        FloatVector last = leak(FloatVector.fromArray(F, x, xOffset + end), alpha);
        for (int i = 0; i < end; i += LANES) {
            leak(FloatVector.fromArray(F, x, xOffset + i), alpha).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    private static FloatVector leak(FloatVector v, float alpha) {
        return v.mul(alpha).blend(v, v.compare(VectorOperators.GE, 0f));
    }

    @Override
    public void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (n < LANES) {
            NARROWER.exp(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = VectorPolynomials512.exp(FloatVector.fromArray(F, x, xOffset + end));
        for (int i = 0; i < end; i += LANES) {
            VectorPolynomials512.exp(FloatVector.fromArray(F, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (n < LANES) {
            NARROWER.sigmoid(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = VectorPolynomials512.sigmoid(FloatVector.fromArray(F, x, xOffset + end));
        for (int i = 0; i < end; i += LANES) {
            VectorPolynomials512.sigmoid(FloatVector.fromArray(F, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (n < LANES) {
            NARROWER.tanh(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = VectorPolynomials512.tanh(FloatVector.fromArray(F, x, xOffset + end));
        for (int i = 0; i < end; i += LANES) {
            VectorPolynomials512.tanh(FloatVector.fromArray(F, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
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
