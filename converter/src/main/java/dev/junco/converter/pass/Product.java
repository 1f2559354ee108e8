package dev.junco.converter.pass;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;

/**
 * A node that multiplies its operand with weights: dense, convolution, transposed or depthwise convolution. Weights lie as {@code [outer, units, inner]}
 * where either outer or inner is 1.
 *
 * @param node the node
 * @param unitAxis axis of the weights with one index a unit
 * @param activation the fused activation
 */
public record Product(Node node, int unitAxis, Activation activation) {
    /** The node seen so, or null if it is something else. */
    public static Product of(Node node) {
        return node == null
                ? null
                : switch (node.attributes()) {
                    case FullyConnectedAttributes a -> new Product(node, 0, a.activation());
                    case Conv2DAttributes a -> new Product(node, 0, a.activation());
                    case TransposeConv2DAttributes a -> new Product(node, 0, a.activation());
                    case DepthwiseConv2DAttributes a -> new Product(node, 3, a.activation());
                    default -> null;
                };
    }

    /** The operand. */
    public Value x() {
        return node.input(0);
    }

    /** The weights. */
    public Value weights() {
        return node.input(1);
    }

    /** Whether there is a bias. */
    public boolean hasBias() {
        return node.inputs().size() > 2;
    }

    /** The bias. */
    public Value bias() {
        return node.input(2);
    }

    /** Whether weights and bias are constant, so that a pass may change them. */
    public boolean isFixed() {
        return weights().isConstant() && (!hasBias() || bias().isConstant());
    }

    /** Number of units. */
    public int units() {
        return weights().shape().dim(unitAxis);
    }

    /** Weights of one unit. */
    public int depth() {
        return weights().shape().elements() / units();
    }

    /** The unit that the weight at {@code index} belongs to. */
    public int unitOf(int index) {
        int inner = weights().shape().elements(unitAxis + 1, weights().shape().rank());
        return index / inner % units();
    }

    /** The bias in double precision, zeros where there is none. */
    public double[] biases() {
        double[] result = new double[units()];
        if (hasBias()) {
            float[] values = bias().floats();
            for (int i = 0; i < result.length; i++) {
                result[i] = values[i];
            }
        }
        return result;
    }

    /** The options with another activation. */
    public Attributes with(Activation other) {
        return switch (node.attributes()) {
            case Conv2DAttributes a ->
                new Conv2DAttributes(
                        a.strideH(), a.strideW(), a.dilationH(), a.dilationW(), a.padding(), a.groups(), other);
            case DepthwiseConv2DAttributes a ->
                new DepthwiseConv2DAttributes(
                        a.strideH(), a.strideW(), a.dilationH(), a.dilationW(), a.padding(), other);
            case TransposeConv2DAttributes a ->
                new TransposeConv2DAttributes(
                        a.strideH(),
                        a.strideW(),
                        a.dilationH(),
                        a.dilationW(),
                        a.top(),
                        a.left(),
                        a.height(),
                        a.width(),
                        a.groups(),
                        other);
            default -> new FullyConnectedAttributes(other);
        };
    }
}
