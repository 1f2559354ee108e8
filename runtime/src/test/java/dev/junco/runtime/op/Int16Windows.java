package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** int16 pooling and reductions: the elements that come together are gathered first. */
final class Int16Windows {
    private final Int16Reference reference;
    private final Shape x;
    private final Shape y;

    Int16Windows(Int16Reference reference) {
        this.reference = reference;
        x = reference.node.input(0).shape();
        y = reference.shape;
    }

    short[] pool(Attributes attributes) {
        Pool2DAttributes a = attributes instanceof GlobalPool2DAttributes g
                ? new Pool2DAttributes(g.kind(), x.dim(1), x.dim(2), 1, 1, Padding.VALID, false, Activation.NONE)
                : (Pool2DAttributes) attributes;
        int channels = x.dim(3);
        int height = attributes instanceof GlobalPool2DAttributes ? 1 : y.dim(1);
        int width = attributes instanceof GlobalPool2DAttributes ? 1 : y.dim(2);
        short[] result = new short[y.elements()];
        for (int i = 0; i < result.length; i++) {
            int pixel = i / channels;
            List<Integer> values = new ArrayList<>();
            for (int cell = 0; cell < a.windowH() * a.windowW(); cell++) {
                int row = Int8Images.source(
                        a.padding(),
                        true,
                        pixel / width % height,
                        x.dim(1),
                        a.windowH(),
                        a.strideH(),
                        1,
                        cell / a.windowW());
                int column = Int8Images.source(
                        a.padding(), false, pixel % width, x.dim(2), a.windowW(), a.strideW(), 1, cell % a.windowW());
                if (row >= 0 && column >= 0) {
                    int at = ((pixel / width / height * x.dim(1) + row) * x.dim(2) + column) * channels + i % channels;
                    values.add((int) reference.x(0)[at]);
                }
            }
            long picked = a.kind() == PoolKind.MAX
                    ? values.stream().mapToInt(v -> v).max().orElseThrow()
                    : mean(values);
            result[i] = (short) reference.within(picked, a.activation());
        }
        return result;
    }

    /** The nearest integer, halves away from zero. */
    private static long mean(List<Integer> values) {
        double exact = values.stream().mapToDouble(v -> v).sum() / values.size();
        return (long) Math.copySign(Math.floor(Math.abs(exact) + 0.5), exact);
    }

    short[] reduce(ReduceAttributes a) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < y.elements(); i++) {
            groups.add(new ArrayList<>());
        }
        for (int i = 0; i < x.elements(); i++) {
            int group = 0;
            for (int axis = 0; axis < x.rank(); axis++) {
                int position = i / x.elements(axis + 1, x.rank()) % x.dim(axis);
                group = a.axes().contains(axis) ? group : group * x.dim(axis) + position;
            }
            groups.get(group).add((int) reference.x(0)[i]);
        }
        short[] result = new short[groups.size()];
        for (int i = 0; i < result.length; i++) {
            List<Integer> values = groups.get(i);
            long reduced = switch (a.kind()) {
                case MAX -> values.stream().mapToInt(v -> v).max().orElseThrow();
                case MIN -> values.stream().mapToInt(v -> v).min().orElseThrow();
                case PRODUCT -> product(values);
                case SUM -> sum(values, 1);
                default -> sum(values, values.size());
            };
            result[i] = (short) reference.within(reduced, Activation.NONE);
        }
        return result;
    }

    /** The divisor goes into the mantissa, with as many bits more as keep the shift above −32. */
    private long sum(List<Integer> values, int divisor) {
        IntegerScaling scaling = IntegerScaling.of((double) reference.scale(0) / (double) reference.result.scale());
        int bits = Math.min((int) Math.floor(Math.log(divisor) / Math.log(2) + 1e-9), 31 + scaling.shift());
        BigInteger mantissa = scaling.mantissa().shiftLeft(bits).divide(BigInteger.valueOf(divisor));
        long sum = values.stream().mapToLong(v -> v).sum();
        return new IntegerScaling(mantissa, scaling.shift() - bits).apply(sum);
    }

    /** Each factor has a share of the result's scale; every product is rounded by a multiplier of 15 bits. */
    private long product(List<Integer> values) {
        double share = Math.pow(reference.result.scale(), 1.0 / values.size());
        IntegerScaling scaling = IntegerScaling.of(reference.scale(0) / share);
        long product = values.get(0);
        for (int i = 1; i <= values.size(); i++) {
            long wide = i < values.size() ? product * values.get(i) : product;
            BigInteger reduced =
                    scaling.mantissa().add(BigInteger.ONE.shiftLeft(15)).shiftRight(16);
            int right = 15 - scaling.shift();
            product = BigInteger.valueOf(wide)
                    .multiply(reduced.min(BigInteger.valueOf(0x7fff)))
                    .add(BigInteger.ONE.shiftLeft(right - 1))
                    .shiftRight(right)
                    .intValue();
        }
        return product;
    }
}
