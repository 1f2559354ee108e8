package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.QuantizedKernels;
import dev.junco.runtime.kernel.QuantizedProduct;
import dev.junco.runtime.kernel.QuantizedSum;
import java.util.Arrays;

/** int8 arithmetic on two broadcast operands of different scales; a unit is a piece of the innermost joined axis. */
final class QuantizedBinaryStep extends Step {
    private static final int BLOCK = 1024;

    private final Binding binding;
    private final BinaryKind kind;
    private final QuantizedSum sum;
    private final QuantizedProduct product;
    private final Broadcast broadcast;
    private final ByteRef a;
    private final ByteRef b;
    private final ByteRef z;
    private final int inner;
    private final int pieces;
    private final boolean aVaries;
    private final boolean bVaries;
    private final int lo;
    private final int hi;
    /** From a squared difference of operands with 7 extra bits to the result's scale. */
    private final int squareMultiplier;

    private final int squareShift;
    /** A repeated operand, spread out for the kernels; one a worker. */
    private final byte[][] repeated;

    private QuantizedBinaryStep(
            Binding binding,
            Node node,
            BinaryAttributes attributes,
            QuantizedSum sum,
            QuantizedProduct product,
            Broadcast broadcast) {
        super((long) broadcast.outer() * broadcast.inner() * 8);
        this.binding = binding;
        this.kind = attributes.kind();
        this.lo = Int8Range.lower(attributes.activation(), node.output().quantization());
        this.hi = Int8Range.upper(attributes.activation(), node.output().quantization());
        this.squareMultiplier = FixedPoint.multiplier(squareFactor(node));
        this.squareShift = FixedPoint.shift(squareFactor(node));
        this.sum = sum;
        this.product = product;
        this.broadcast = broadcast;
        this.a = binding.bytes(node.input(0));
        this.b = binding.bytes(node.input(1));
        this.z = binding.bytes(node.output());
        this.inner = broadcast.inner();
        this.pieces = (inner - 1) / BLOCK + 1;
        int last = broadcast.sizes().length - 1;
        this.aVaries = broadcast.aVaries()[last];
        this.bVaries = broadcast.bVaries()[last];
        this.repeated = new byte[binding.workers()][aVaries && bVaries ? 0 : BLOCK];
    }

    static QuantizedBinaryStep of(Binding binding, Node node, BinaryAttributes attributes, Broadcast broadcast) {
        boolean isProduct = attributes.kind() == BinaryKind.MULTIPLY;
        QuantizedSum sum = isProduct ? null : sum(node, attributes.activation());
        QuantizedProduct product = isProduct ? product(node, attributes.activation()) : null;
        return new QuantizedBinaryStep(binding, node, attributes, sum, product, broadcast);
    }

    /**
     * Tries the fixed-point form of a node's scales.
     *
     * @throws IllegalArgumentException if there is none
     */
    static void requireScales(Node node, BinaryKind kind) {
        if (kind == BinaryKind.MULTIPLY) {
            product(node, Activation.NONE);
        } else {
            sum(node, Activation.NONE);
            FixedPoint.multiplier(squareFactor(node));
        }
    }

    private static double squareFactor(Node node) {
        double twice = 2.0
                * Math.max(
                        node.input(0).quantization().scale(),
                        node.input(1).quantization().scale());
        return twice * twice / ((1 << 14) * node.output().quantization().scale());
    }

    static QuantizedSum sum(Node node, Activation activation) {
        Quantization a = node.input(0).quantization();
        Quantization b = node.input(1).quantization();
        Quantization z = node.output().quantization();
        int lo = Int8Range.lower(activation, z);
        int hi = Int8Range.upper(activation, z);
        return QuantizedSum.of(a.scale(), a.zeroPoint(), b.scale(), b.zeroPoint(), z.scale(), z.zeroPoint(), lo, hi);
    }

    private static QuantizedProduct product(Node node, Activation activation) {
        Quantization a = node.input(0).quantization();
        Quantization b = node.input(1).quantization();
        Quantization z = node.output().quantization();
        int lo = Int8Range.lower(activation, z);
        int hi = Int8Range.upper(activation, z);
        return QuantizedProduct.of(
                a.scale(), a.zeroPoint(), b.scale(), b.zeroPoint(), z.scale(), z.zeroPoint(), lo, hi);
    }

    @Override
    public Object kernel() {
        return binding.kernels().kernels().quantized();
    }

    @Override
    public int units() {
        return broadcast.outer() * pieces;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int unit = from; unit < to; unit++) {
            int row = unit / pieces;
            int first = unit % pieces * BLOCK;
            int n = Math.min(inner - first, BLOCK);
            int aAt = a.offset() + broadcast.start(broadcast.aVaries(), row) + (aVaries ? first : 0);
            int bAt = b.offset() + broadcast.start(broadcast.bVaries(), row) + (bVaries ? first : 0);
            int zAt = z.offset() + row * inner + first;
            byte[] spread = repeated[worker];
            if (aVaries && bVaries) {
                apply(a.array(), aAt, b.array(), bAt, zAt, n);
            } else if (aVaries) {
                Arrays.fill(spread, 0, n, b.array()[bAt]);
                apply(a.array(), aAt, spread, 0, zAt, n);
            } else {
                Arrays.fill(spread, 0, n, a.array()[aAt]);
                apply(spread, 0, b.array(), bAt, zAt, n);
            }
        }
    }

    private void apply(byte[] left, int leftAt, byte[] right, int rightAt, int zAt, int n) {
        QuantizedKernels kernels = binding.kernels().kernels().quantized();
        switch (kind) {
            case ADD:
                kernels.add(sum, left, leftAt, right, rightAt, z.array(), zAt, n);
                break;
            case SUBTRACT:
                kernels.subtract(sum, left, leftAt, right, rightAt, z.array(), zAt, n);
                break;
            case MINIMUM:
            case MAXIMUM:
            case SQUARED_DIFFERENCE:
                for (int i = 0; i < n; i++) {
                    z.array()[zAt + i] = of(left[leftAt + i], right[rightAt + i]);
                }
                break;
            default:
                kernels.multiply(product, left, leftAt, right, rightAt, z.array(), zAt, n);
        }
    }

    private byte of(byte left, byte right) {
        if (kind == BinaryKind.SQUARED_DIFFERENCE) {
            int l = FixedPoint.multiply((left - sum.zeroPointA()) << 7, sum.multiplierA(), sum.shiftA());
            int r = FixedPoint.multiply((right - sum.zeroPointB()) << 7, sum.multiplierB(), sum.shiftB());
            int square = FixedPoint.multiply((l - r) * (l - r), squareMultiplier, squareShift);
            return (byte) Math.min(Math.max(sum.zeroPoint() + square, lo), hi);
        }
        int picked = kind == BinaryKind.MINIMUM ? Math.min(left, right) : Math.max(left, right);
        return (byte) Math.min(Math.max(picked, lo), hi);
    }
}
