package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.trainer.op.DropoutTraining;
import dev.junco.trainer.op.LeakyReluGradient;
import dev.junco.trainer.op.SoftmaxGradient;
import dev.junco.trainer.op.SumTo;

/** Sums, products and functions of elements. */
final class ArithmeticRules {
    private ArithmeticRules() {}

    /** d(a + b) = da + db, d(a − b) = da − db, d(a · b) = b · da + a · db; summed where an operand was repeated. */
    static void binary(Node node, BinaryAttributes attributes, Value dy, Backward backward) {
        Value a = node.input(0);
        Value b = node.input(1);
        boolean product = attributes.kind() == BinaryKind.MULTIPLY;
        if (backward.needs(a)) {
            Value da = product ? multiply(node.name() + "/first", dy, b, backward) : dy;
            sum(node.name() + "/first", a, da, 1f, backward);
        }
        if (backward.needs(b)) {
            Value db = product ? multiply(node.name() + "/second", dy, a, backward) : dy;
            sum(node.name() + "/second", b, db, attributes.kind() == BinaryKind.SUBTRACT ? -1f : 1f, backward);
        }
    }

    private static Value multiply(String name, Value a, Value b, Backward backward) {
        return backward.add(name, new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE), a, b);
    }

    private static void sum(String name, Value operand, Value gradient, float factor, Backward backward) {
        boolean same = operand.shape().equals(gradient.shape()) && factor == 1f;
        backward.accumulate(
                operand, same ? gradient : backward.add(name, new SumTo(operand.shape(), factor), gradient));
    }

    static void leakyRelu(Node node, LeakyReluAttributes attributes, Value dy, Backward backward) {
        Value x = node.input(0);
        backward.accumulate(x, backward.add(node.name(), new LeakyReluGradient(attributes.alpha()), dy, x));
    }

    static void softmax(Node node, SoftmaxAttributes attributes, Value dy, Backward backward) {
        Value dx = backward.add(node.name(), new SoftmaxGradient(attributes.beta()), dy, node.output());
        backward.accumulate(node.input(0), dx);
    }

    /** Dropout is linear: its derivative drops and scales the same elements. */
    static void dropout(Node node, DropoutTraining attributes, Value dy, Backward backward) {
        backward.accumulate(node.input(0), backward.add(node.name(), attributes, dy, node.input(1)));
    }
}
