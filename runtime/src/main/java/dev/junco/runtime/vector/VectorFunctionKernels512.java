package dev.junco.runtime.vector;

import static dev.junco.runtime.kernel.Polynomials.SIXTH;

import dev.junco.runtime.kernel.FunctionKernels;
import dev.junco.runtime.kernel.fma.FmaFunctionKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * More functions of single elements on 512-bit vectors. The last vector overlaps the one before; its operand is read first, because the result may
 * stand where the operand stood. What is less than a vector goes to the plain kernels.
 */
public final class VectorFunctionKernels512 implements FunctionKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final FunctionKernels PLAIN = new FmaFunctionKernels();

    @Override
    public void abs(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (n < LANES) {
            PLAIN.abs(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end).abs();
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, x, xOffset + i).abs().intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void sqrt(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (n < LANES) {
            PLAIN.sqrt(x, xOffset, y, yOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end).sqrt();
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, x, xOffset + i).sqrt().intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void rsqrt(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (n < LANES) {
            PLAIN.rsqrt(x, xOffset, y, yOffset, n);
            return;
        }
        FloatVector one = FloatVector.broadcast(F, 1f);
        int end = n - LANES;
        FloatVector last = one.div(FloatVector.fromArray(F, x, xOffset + end).sqrt());
        for (int i = 0; i < end; i += LANES) {
            one.div(FloatVector.fromArray(F, x, xOffset + i).sqrt()).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void log(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        if (0 < n && n < LANES) {
            PLAIN.log(x, xOffset, y, yOffset, n);
            return;
        }
        if (end == n) {
            VectorFunctions512.log(x, xOffset, y, yOffset, n);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorFunctions512.log(x, xOffset, y, yOffset, end);
        operand.intoArray(y, yOffset + last);
        VectorFunctions512.log(y, yOffset + last, y, yOffset + last, LANES);
    }

    @Override
    public void erf(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        if (0 < n && n < LANES) {
            PLAIN.erf(x, xOffset, y, yOffset, n);
            return;
        }
        if (end == n) {
            VectorFunctions512.erf(x, xOffset, y, yOffset, n);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorFunctions512.erf(x, xOffset, y, yOffset, end);
        operand.intoArray(y, yOffset + last);
        VectorFunctions512.erf(y, yOffset + last, y, yOffset + last, LANES);
    }

    @Override
    public void gelu(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        if (0 < n && n < LANES) {
            PLAIN.gelu(x, xOffset, y, yOffset, n);
            return;
        }
        if (end == n) {
            VectorFunctions512.gelu(x, xOffset, y, yOffset, n);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorFunctions512.gelu(x, xOffset, y, yOffset, end);
        operand.intoArray(y, yOffset + last);
        VectorFunctions512.gelu(y, yOffset + last, y, yOffset + last, LANES);
    }

    @Override
    public void gate(float[] x, int xOffset, float[] y, int yOffset, int n, float linear, float cubic) {
        int end = n - n % LANES;
        if (0 < n && n < LANES) {
            PLAIN.gate(x, xOffset, y, yOffset, n, linear, cubic);
            return;
        }
        if (end == n) {
            VectorFunctions512.gate(x, xOffset, y, yOffset, n, linear, cubic);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorFunctions512.gate(x, xOffset, y, yOffset, end, linear, cubic);
        operand.intoArray(y, yOffset + last);
        VectorFunctions512.gate(y, yOffset + last, y, yOffset + last, LANES, linear, cubic);
    }

    @Override
    public void elu(
            float[] x, int xOffset, float[] y, int yOffset, int n, float positive, float negative, float inner) {
        int end = n - n % LANES;
        if (0 < n && n < LANES) {
            PLAIN.elu(x, xOffset, y, yOffset, n, positive, negative, inner);
            return;
        }
        if (end == n) {
            VectorFunctions512.elu(x, xOffset, y, yOffset, n, positive, negative, inner);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorFunctions512.elu(x, xOffset, y, yOffset, end, positive, negative, inner);
        operand.intoArray(y, yOffset + last);
        VectorFunctions512.elu(y, yOffset + last, y, yOffset + last, LANES, positive, negative, inner);
    }

    @Override
    public void mish(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        if (0 < n && n < LANES) {
            PLAIN.mish(x, xOffset, y, yOffset, n);
            return;
        }
        if (end == n) {
            VectorFunctions512.mish(x, xOffset, y, yOffset, n);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorFunctions512.mish(x, xOffset, y, yOffset, end);
        operand.intoArray(y, yOffset + last);
        VectorFunctions512.mish(y, yOffset + last, y, yOffset + last, LANES);
    }

    @Override
    public void softplus(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        if (0 < n && n < LANES) {
            PLAIN.softplus(x, xOffset, y, yOffset, n);
            return;
        }
        if (end == n) {
            VectorFunctions512.softplus(x, xOffset, y, yOffset, n);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        VectorFunctions512.softplus(x, xOffset, y, yOffset, end);
        operand.intoArray(y, yOffset + last);
        VectorFunctions512.softplus(y, yOffset + last, y, yOffset + last, LANES);
    }

    @Override
    public void affine(
            float[] x, int xOffset, float[] y, int yOffset, int n, float scale, float shift, float lo, float hi) {
        if (n < LANES) {
            PLAIN.affine(x, xOffset, y, yOffset, n, scale, shift, lo, hi);
            return;
        }
        FloatVector factor = FloatVector.broadcast(F, scale);
        FloatVector summand = FloatVector.broadcast(F, shift);
        FloatVector low = FloatVector.broadcast(F, lo);
        FloatVector high = FloatVector.broadcast(F, hi);
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end)
                .fma(factor, summand)
                .max(low)
                .min(high);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, x, xOffset + i)
                    .fma(factor, summand)
                    .max(low)
                    .min(high)
                    .intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void hardSwish(float[] x, int xOffset, float[] y, int yOffset, int n) {
        if (n < LANES) {
            PLAIN.hardSwish(x, xOffset, y, yOffset, n);
            return;
        }
        FloatVector three = FloatVector.broadcast(F, 3f);
        FloatVector zero = FloatVector.broadcast(F, 0f);
        FloatVector six = FloatVector.broadcast(F, 6f);
        FloatVector sixth = FloatVector.broadcast(F, SIXTH);
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end);
        last = last.mul(last.add(three).max(zero).min(six).mul(sixth));
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            v.mul(v.add(three).max(zero).min(six).mul(sixth)).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    @Override
    public void divide(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.divide(a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).div(FloatVector.fromArray(F, b, bOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i)
                    .div(FloatVector.fromArray(F, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void minimum(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.minimum(a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).min(FloatVector.fromArray(F, b, bOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i)
                    .min(FloatVector.fromArray(F, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void maximum(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.maximum(a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).max(FloatVector.fromArray(F, b, bOffset + end));
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, aOffset + i)
                    .max(FloatVector.fromArray(F, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void squaredDifference(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.squaredDifference(a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, a, aOffset + end).sub(FloatVector.fromArray(F, b, bOffset + end));
        last = last.mul(last);
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, a, aOffset + i).sub(FloatVector.fromArray(F, b, bOffset + i));
            v.mul(v).intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    @Override
    public void prelu(float[] x, int xOffset, float[] slope, int slopeOffset, float[] z, int zOffset, int n) {
        if (n < LANES) {
            PLAIN.prelu(x, xOffset, slope, slopeOffset, z, zOffset, n);
            return;
        }
        FloatVector zero = FloatVector.broadcast(F, 0f);
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, x, xOffset + end);
        last = last.mul(FloatVector.fromArray(F, slope, slopeOffset + end))
                .blend(last, last.compare(VectorOperators.GE, zero));
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            v.mul(FloatVector.fromArray(F, slope, slopeOffset + i))
                    .blend(v, v.compare(VectorOperators.GE, zero))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }
}
