package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import java.util.List;

/**
 * A function of single elements: the result has the operand's shape and may take its place. In int8 it is a table, in int16 fixed-point arithmetic.
 *
 * @param <A> its options
 */
abstract class ElementOperator<A extends Attributes> extends Operator<A> {
    ElementOperator(Class<A> attributesType, String name) {
        super(attributesType, name);
    }

    /** The function in double precision. */
    abstract double apply(A attributes, double x);

    /** The step of a float node. */
    abstract Step step(A attributes, Binding binding, FloatRef x, FloatRef y, int elements);

    /** The result of each int8 value, x + 128 the index. */
    abstract byte[] table(A attributes, Quantization from, Quantization to);

    /** Whether int16 values have the function. */
    boolean hasInt16(A attributes) {
        return false;
    }

    /** The function of int16 values; only where {@link #hasInt16} says that there is one. */
    Int16Function int16(A attributes, Quantization from, Quantization to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TensorSpec> infer(A attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        if (hasInt16(attributes)) {
            requireType(inputs.get(0), "input", DType.FLOAT32, DType.INT8, DType.INT16);
        } else {
            requireType(inputs.get(0), "input", DType.FLOAT32, DType.INT8);
        }
        return List.of(new TensorSpec(inputs.get(0).type(), inputs.get(0).shape(), Quantization.NONE));
    }

    @Override
    public void check(A attributes, Node node) {
        super.check(attributes, node);
        requireQuantization(node.input(0));
        requireSymmetric(node);
        if (node.input(0).type() == DType.INT8 || node.input(0).type() == DType.INT16) {
            Quantization from = node.input(0).quantization();
            Quantization to = node.output().quantization();
            try {
                if (node.input(0).type() == DType.INT8) {
                    table(attributes, from, to);
                } else {
                    int16(attributes, from, to);
                }
            } catch (IllegalArgumentException e) {
                throw tooFarApart(from, to, e);
            }
        }
    }

    @Override
    public boolean canRunInPlace(A attributes, Node node, int operand) {
        return true;
    }

    @Override
    public void bind(A attributes, Node node, Binding binding) {
        Value x = node.input(0);
        Value y = node.output();
        int elements = y.shape().elements();
        if (x.type() == DType.INT8) {
            byte[] table = table(attributes, x.quantization(), y.quantization());
            binding.add(new LookupStep(binding.kernels(), binding.bytes(x), table, binding.bytes(y), elements));
        } else if (x.type() == DType.INT16) {
            Int16Function function = int16(attributes, x.quantization(), y.quantization());
            binding.add(new Int16ElementStep(function, binding.shorts(x), binding.shorts(y), elements));
        } else {
            binding.add(step(attributes, binding, binding.floats(x), binding.floats(y), elements));
        }
    }

    @Override
    public void evaluate(A attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        for (int i = 0; i < y.length; i++) {
            y[i] = apply(attributes, x[i]);
        }
    }
}
