package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.PoolKind;

/**
 * What windowed and global pooling share.
 *
 * @param <A> its options
 */
abstract class PoolOperator<A extends Attributes> extends Operator<A> {
    PoolOperator(Class<A> attributesType, String name) {
        super(attributesType, name);
    }

    /** The window that slides over the operand. */
    abstract WindowGeometry geometry(A attributes, Value x);

    abstract PoolKind kind(A attributes);

    abstract boolean countPadding(A attributes);

    abstract Activation activation(A attributes);

    @Override
    public void check(A attributes, Node node) {
        super.check(attributes, node);
        Value x = node.input(0);
        requireQuantization(x);
        requireSymmetric(node);
        if (x.type() == DType.FLOAT32) {
            return;
        }
        String type = x.type() == DType.INT8 ? "int8" : "int16";
        if (!x.quantization().equals(node.output().quantization())) {
            throw new GraphException(type + " pooling keeps the scale; operand has " + x.quantization()
                    + ", result has " + node.output().quantization());
        }
        if (!activation(attributes).isClamp()) {
            throw new GraphException("activation " + activation(attributes) + " cannot be fused into an " + type
                    + " operator; give it a node of its own");
        }
        if (countPadding(attributes)) {
            throw new GraphException(
                    type + " average pooling divides by the cells inside the image; countPadding is for float32");
        }
    }

    @Override
    public Widening widening(A attributes, Node node) {
        if (kind(attributes) == PoolKind.MAX) {
            return Widening.TOGETHER;
        }
        boolean exact = WidenedAverageStep.serves(geometry(attributes, node.input(0)));
        return exact ? Widening.OPERANDS : Widening.NEVER;
    }

    @Override
    public void bind(A attributes, Node node, Binding binding) {
        Value x = node.input(0);
        Value y = node.output();
        WindowGeometry g = geometry(attributes, x);
        Activation activation = activation(attributes);
        dev.junco.runtime.kernel.PoolGeometry pool = PoolStep.geometry(g, countPadding(attributes));
        if (binding.isWidened(x) && kind(attributes) == PoolKind.AVERAGE) {
            int lo = Int8Range.lower(activation, y.quantization());
            int hi = Int8Range.upper(activation, y.quantization());
            binding.add(new WidenedAverageStep(binding, node, g, lo, hi));
        } else if (binding.isWidened(x)) {
            int zeroPoint = y.quantization().zeroPoint();
            int lo = Int8Range.lower(activation, y.quantization()) - zeroPoint;
            int hi = Int8Range.upper(activation, y.quantization()) - zeroPoint;
            binding.add(PoolStep.widenedMax(binding, pool, g.batch(), binding.floats(x), binding.floats(y), lo, hi));
        } else if (x.type() == DType.INT8) {
            binding.add(new PoolStep(
                    binding,
                    kind(attributes),
                    pool,
                    g.batch(),
                    binding.bytes(x),
                    binding.bytes(y),
                    Int8Range.lower(activation, y.quantization()),
                    Int8Range.upper(activation, y.quantization())));
        } else if (x.type() == DType.INT16) {
            binding.add(new Int16PoolStep(
                    kind(attributes),
                    g,
                    binding.shorts(x),
                    binding.shorts(y),
                    Int16.lower(activation, y.quantization()),
                    Int16.upper(activation, y.quantization())));
        } else {
            binding.add(new PoolStep(
                    binding, kind(attributes), pool, g.batch(), binding.floats(x), binding.floats(y), activation));
        }
    }

    @Override
    public void evaluate(A attributes, Node node, Doubles values) {
        WindowGeometry g = geometry(attributes, node.input(0));
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        for (int i = 0; i < y.length; i++) {
            int channel = i % g.channels();
            int ox = i / g.channels() % g.outputWidth();
            int oy = i / g.channels() / g.outputWidth() % g.outputHeight();
            int image = i / g.channels() / g.outputWidth() / g.outputHeight();
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int inside = 0;
            for (int cell = 0; cell < g.kernelHeight() * g.kernelWidth(); cell++) {
                int iy = oy * g.strideH() + cell / g.kernelWidth() - g.padTop();
                int ix = ox * g.strideW() + cell % g.kernelWidth() - g.padLeft();
                if (iy >= 0 && iy < g.inputHeight() && ix >= 0 && ix < g.inputWidth()) {
                    double value = x[((image * g.inputHeight() + iy) * g.inputWidth() + ix) * g.channels() + channel];
                    largest = Math.max(largest, value);
                    sum += value;
                    inside++;
                }
            }
            int divisor = countPadding(attributes) ? g.kernelHeight() * g.kernelWidth() : inside;
            y[i] = activation(attributes).apply(kind(attributes) == PoolKind.MAX ? largest : sum / divisor);
        }
    }
}
