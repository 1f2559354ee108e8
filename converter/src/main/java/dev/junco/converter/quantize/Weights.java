package dev.junco.converter.quantize;

import dev.junco.converter.pass.Product;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A constant matrix that makes up much of a file: weights of layers and of recurrent cells, constants of matrix products, tables of embeddings.
 *
 * @param value the float32 constant
 * @param axis the axis with one index a unit, row or word, each of which has a size of its own
 */
record Weights(Value value, int axis) {
    /** Those of a node, without what is stored in fewer bytes already. */
    static List<Weights> of(Node node) {
        List<Weights> all = new ArrayList<>();
        Product product = Product.of(node);
        if (product != null) {
            all.add(new Weights(product.weights(), product.unitAxis()));
        } else {
            switch (node.attributes()) {
                case MatMulAttributes a -> all.add(new Weights(node.input(1), columns(node.input(1), a.transposeB())));
                case GatherAttributes a -> all.add(new Weights(node.input(0), a.axis()));
                case GruAttributes ignored -> addRows(all, node, 1, 2);
                case SimpleRnnAttributes ignored -> addRows(all, node, 1, 2);
                case SvdfAttributes ignored -> addRows(all, node, 1, 2);
                case LstmAttributes a -> {
                    addRows(all, node, 1, 2);
                    if (a.projection()) {
                        addRows(all, node, a.projectionOperand());
                    }
                }
                default -> {}
            }
        }
        all.removeIf(weights -> !weights.value().isConstant()
                || weights.value().shape().rank() < 2
                || weights.value().constant().storage() != Storage.FLOAT32);
        return all;
    }

    private static int columns(Value matrix, boolean transposed) {
        return matrix.shape().rank() - (transposed ? 2 : 1);
    }

    private static void addRows(List<Weights> all, Node node, int... operands) {
        for (int operand : operands) {
            all.add(new Weights(node.input(operand), 0));
        }
    }

    /** The unit that the element at {@code index} belongs to. */
    int unitOf(int index) {
        int inner = value.shape().elements(axis + 1, value.shape().rank());
        return index / inner % value.shape().dim(axis);
    }
}
