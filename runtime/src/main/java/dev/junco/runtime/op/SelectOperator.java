package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import java.util.List;

/** {@link SelectAttributes}. */
final class SelectOperator extends Operator<SelectAttributes> {
    SelectOperator() {
        super(SelectAttributes.class, "Select");
    }

    @Override
    public List<TensorSpec> infer(SelectAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 3, 3);
        Value a = inputs.get(1);
        requireType(inputs.get(0), "condition", DType.BOOL);
        requireType(inputs.get(2), "second choice", a.type());
        Shape choices = Broadcast.result(a, inputs.get(2));
        Shape result = Broadcast.result(inputs.get(0).shape(), choices, inputs.get(0), a);
        return List.of(new TensorSpec(a.type(), result, Quantization.NONE));
    }

    @Override
    public void check(SelectAttributes attributes, Node node) {
        super.check(attributes, node);
        if (node.output().type() != DType.BOOL) {
            requireSameScales(node);
        }
    }

    @Override
    public boolean canRunInPlace(SelectAttributes attributes, Node node, int operand) {
        return node.input(operand).shape().elements() == node.output().shape().elements();
    }

    @Override
    public void bind(SelectAttributes attributes, Node node, Binding binding) {
        binding.add(new SelectStep(node, binding));
    }

    @Override
    public void evaluate(SelectAttributes attributes, Node node, Doubles values) {
        double[] z = values.of(node.output());
        for (int i = 0; i < z.length; i++) {
            int choice = at(0, node, values, i) != 0 ? 1 : 2;
            z[i] = at(choice, node, values, i);
        }
    }

    private static double at(int operand, Node node, Doubles values, int i) {
        Broadcast broadcast =
                Broadcast.of(node.input(operand).shape(), node.output().shape());
        return values.of(node.input(operand))[broadcast.position(broadcast.aVaries(), i)];
    }
}
