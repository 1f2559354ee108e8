package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import java.util.List;

/** {@link BinaryAttributes}. */
final class BinaryOperator extends Operator<BinaryAttributes> {
    BinaryOperator() {
        super(BinaryAttributes.class, "Binary");
    }

    @Override
    public String name(BinaryAttributes attributes) {
        switch (attributes.kind()) {
            case ADD:
                return "Add";
            case SUBTRACT:
                return "Sub";
            case MULTIPLY:
                return "Mul";
            default:
                return UnaryOperator.camelCase(attributes.kind().name());
        }
    }

    @Override
    public List<TensorSpec> infer(BinaryAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        Value a = inputs.get(0);
        Value b = inputs.get(1);
        BinaryKind kind = attributes.kind();
        if (Int16BinaryStep.has(kind)) {
            requireType(a, "first operand", DType.FLOAT32, DType.INT8, DType.INT16, DType.INT32);
        } else if (hasBytes(kind)) {
            requireType(a, "first operand", DType.FLOAT32, DType.INT8, DType.INT32);
        } else if (kind == BinaryKind.ATAN2) {
            requireType(a, "first operand", DType.FLOAT32);
        } else {
            requireType(a, "first operand", DType.FLOAT32, DType.INT32);
        }
        requireType(b, "second operand", a.type());
        if (a.type() != DType.FLOAT32 && !attributes.activation().isClamp()) {
            throw new GraphException("activation " + attributes.activation() + " cannot be fused into an "
                    + a.type().name().toLowerCase(java.util.Locale.ROOT)
                    + " operator; give it a node of its own");
        }
        return List.of(new TensorSpec(a.type(), Broadcast.result(a, b), Quantization.NONE));
    }

    @Override
    public void check(BinaryAttributes attributes, Node node) {
        super.check(attributes, node);
        requireQuantization(node.input(0));
        requireQuantization(node.input(1));
        requireSymmetric(node);
        boolean quantized = node.output().type() == DType.INT8 || node.output().type() == DType.INT16;
        if (quantized && picksOne(attributes.kind())) {
            requireSameScales(node);
        } else if (node.output().type() == DType.INT16) {
            try {
                Int16BinaryStep.requireScales(node, attributes.kind());
            } catch (IllegalArgumentException e) {
                throw tooFarApart(node.input(0).quantization(), node.output().quantization(), e);
            }
        } else if (node.output().type() == DType.INT8) {
            try {
                QuantizedBinaryStep.requireScales(node, attributes.kind());
            } catch (IllegalArgumentException e) {
                throw tooFarApart(node.input(0).quantization(), node.output().quantization(), e);
            }
        }
    }

    private static boolean picksOne(BinaryKind kind) {
        return kind == BinaryKind.MINIMUM || kind == BinaryKind.MAXIMUM;
    }

    /** Whether TensorFlow Lite defines a kind for int8. */
    private static boolean hasBytes(BinaryKind kind) {
        return kind.compareTo(BinaryKind.MULTIPLY) <= 0 || kind == BinaryKind.SQUARED_DIFFERENCE || picksOne(kind);
    }

    @Override
    public boolean canRunInPlace(BinaryAttributes attributes, Node node, int operand) {
        return node.input(operand).shape().elements() == node.output().shape().elements();
    }

    @Override
    public Widening widening(BinaryAttributes attributes, Node node) {
        return QuantizedSumStep.serves(attributes, node) ? Widening.TOGETHER : Widening.NEVER;
    }

    @Override
    public void bind(BinaryAttributes attributes, Node node, Binding binding) {
        Value a = node.input(0);
        Value b = node.input(1);
        Broadcast broadcast = Broadcast.of(a.shape(), b.shape());
        if (a.type() == DType.INT32) {
            binding.add(new IntBinaryStep(attributes, node, binding));
        } else if (a.type() == DType.INT8 && binding.isWidened(a)) {
            binding.add(new QuantizedSumStep(binding, node, attributes));
        } else if (a.type() == DType.INT16) {
            binding.add(new Int16BinaryStep(binding, node, attributes));
        } else if (a.type() == DType.INT8) {
            binding.add(QuantizedBinaryStep.of(binding, node, attributes, broadcast));
        } else {
            binding.add(new BinaryStep(
                    binding.kernels(),
                    binding.workers(),
                    attributes,
                    broadcast,
                    binding.floats(a),
                    binding.floats(b),
                    binding.floats(node.output())));
        }
    }

    @Override
    public void evaluate(BinaryAttributes attributes, Node node, Doubles values) {
        Broadcast broadcast = Broadcast.of(node.input(0).shape(), node.input(1).shape());
        double[] a = values.of(node.input(0));
        double[] b = values.of(node.input(1));
        double[] z = values.of(node.output());
        for (int i = 0; i < z.length; i++) {
            double left = a[broadcast.position(broadcast.aVaries(), i)];
            double right = b[broadcast.position(broadcast.bVaries(), i)];
            double result = node.output().type() == DType.INT32
                    ? IntBinaryStep.of(attributes.kind(), (int) left, (int) right)
                    : attributes.kind().apply(left, right);
            z[i] = attributes.activation().apply(result);
        }
    }
}
