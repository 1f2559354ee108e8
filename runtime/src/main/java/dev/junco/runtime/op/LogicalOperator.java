package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.LogicalAttributes;
import dev.junco.runtime.graph.attributes.LogicalKind;
import java.util.List;

/** {@link LogicalAttributes}; NOT takes its operand for both. */
final class LogicalOperator extends Operator<LogicalAttributes> {
    LogicalOperator() {
        super(LogicalAttributes.class, "Logical");
    }

    @Override
    public String name(LogicalAttributes attributes) {
        return UnaryOperator.camelCase(attributes.kind().name());
    }

    @Override
    public List<TensorSpec> infer(LogicalAttributes attributes, List<Value> inputs) {
        int operands = attributes.kind() == LogicalKind.NOT ? 1 : 2;
        requireOperands(inputs, operands, operands);
        Value a = inputs.get(0);
        Value b = inputs.get(operands - 1);
        requireType(a, "operand", DType.BOOL);
        requireType(b, "operand", DType.BOOL);
        return List.of(TensorSpec.bool(Broadcast.result(a, b)));
    }

    @Override
    public boolean canRunInPlace(LogicalAttributes attributes, Node node, int operand) {
        return node.input(operand).shape().elements() == node.output().shape().elements();
    }

    /** Bit 2a + b is the result of a and b. */
    private static int truth(LogicalKind kind) {
        switch (kind) {
            case AND:
                return 8;
            case OR:
                return 14;
            case XOR:
                return 6;
            default:
                return 1;
        }
    }

    @Override
    public void bind(LogicalAttributes attributes, Node node, Binding binding) {
        Value second = node.input(node.inputs().size() - 1);
        ByteRef a = binding.bytes(node.input(0));
        ByteRef b = binding.bytes(second);
        ByteRef z = binding.bytes(node.output());
        Shape result = node.output().shape();
        int truth = truth(attributes.kind());
        binding.add(new BroadcastStep(1, result, node.input(0).shape(), second.shape()) {
            @Override
            void apply(int worker, int aAt, int bAt, int unused, int zAt, int n) {
                for (int i = 0; i < n; i++) {
                    int left = a.array()[a.offset() + aAt + i * move(0)];
                    int right = b.array()[b.offset() + bAt + i * move(1)];
                    z.array()[z.offset() + zAt + i] = (byte) (truth >> (2 * left + right) & 1);
                }
            }
        });
    }

    @Override
    public void evaluate(LogicalAttributes attributes, Node node, Doubles values) {
        Value second = node.input(node.inputs().size() - 1);
        Broadcast broadcast = Broadcast.of(node.input(0).shape(), second.shape());
        double[] a = values.of(node.input(0));
        double[] b = values.of(second);
        double[] z = values.of(node.output());
        for (int i = 0; i < z.length; i++) {
            boolean left = a[broadcast.position(broadcast.aVaries(), i)] != 0;
            boolean right = b[broadcast.position(broadcast.bVaries(), i)] != 0;
            z[i] = holds(attributes.kind(), left, right) ? 1 : 0;
        }
    }

    private static boolean holds(LogicalKind kind, boolean a, boolean b) {
        switch (kind) {
            case AND:
                return a && b;
            case OR:
                return a || b;
            case XOR:
                return a != b;
            default:
                return !a;
        }
    }
}
