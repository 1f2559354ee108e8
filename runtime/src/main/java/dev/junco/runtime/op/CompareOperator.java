package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import java.util.List;

/** {@link CompareAttributes}. */
final class CompareOperator extends Operator<CompareAttributes> {
    CompareOperator() {
        super(CompareAttributes.class, "Compare");
    }

    @Override
    public String name(CompareAttributes attributes) {
        return UnaryOperator.camelCase(attributes.kind().name());
    }

    @Override
    public List<TensorSpec> infer(CompareAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        Value a = inputs.get(0);
        Value b = inputs.get(1);
        requireType(a, "first operand", DType.FLOAT32, DType.INT8, DType.INT16, DType.INT32, DType.BOOL);
        requireType(b, "second operand", a.type());
        requireQuantization(a);
        requireQuantization(b);
        requireSymmetric(a);
        requireSymmetric(b);
        if (a.type() == DType.INT16 && !a.quantization().equals(b.quantization())) {
            throw new GraphException("int16 operands '" + a.name() + "' and '" + b.name() + "' have "
                    + a.quantization() + " and " + b.quantization()
                    + ", expected one scale, because integers are compared; put a Quantize node before one of them");
        }
        if (a.type() == DType.BOOL && attributes.kind().compareTo(CompareKind.NOT_EQUAL) > 0) {
            throw new GraphException(attributes.kind() + " of truth values, expected EQUAL or NOT_EQUAL");
        }
        return List.of(TensorSpec.bool(Broadcast.result(a, b)));
    }

    @Override
    public void bind(CompareAttributes attributes, Node node, Binding binding) {
        binding.add(new CompareStep(attributes.kind(), node, binding));
    }

    @Override
    public void evaluate(CompareAttributes attributes, Node node, Doubles values) {
        Broadcast broadcast = Broadcast.of(node.input(0).shape(), node.input(1).shape());
        double[] a = values.of(node.input(0));
        double[] b = values.of(node.input(1));
        double[] z = values.of(node.output());
        for (int i = 0; i < z.length; i++) {
            double left = a[broadcast.position(broadcast.aVaries(), i)];
            double right = b[broadcast.position(broadcast.bVaries(), i)];
            z[i] = holds(attributes.kind(), left, right) ? 1 : 0;
        }
    }

    private static boolean holds(CompareKind kind, double a, double b) {
        switch (kind) {
            case EQUAL:
                return a == b;
            case NOT_EQUAL:
                return a != b;
            case LESS:
                return a < b;
            case LESS_OR_EQUAL:
                return a <= b;
            case GREATER:
                return a > b;
            default:
                return a >= b;
        }
    }
}
