package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.PadAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One operator at work: options, operands and, for int8, the scale of the result. Every property that all operators share is proved for every
 * case, see {@link OpCases}.
 *
 * @param perSample whether each sample of a batch has a result of its own
 */
record OpCase(Attributes attributes, List<Operand> operands, Quantization result, boolean perSample) {
    static OpCase of(Attributes attributes, Operand... operands) {
        return new OpCase(attributes, List.of(operands), Quantization.NONE, true);
    }

    /** The same with a scale for the int8 result. */
    OpCase to(double scale, int zeroPoint) {
        return new OpCase(attributes, operands, Quantization.perTensor((float) scale, zeroPoint), perSample);
    }

    /** The same case, in which samples mix or the batch size is fixed. */
    OpCase mixesSamples() {
        return new OpCase(attributes, operands, result, false);
    }

    /** Of the operands' elements; the same in every run. */
    long seed() {
        return toString().hashCode();
    }

    boolean isInt8() {
        return operands.get(0).isInt8() || result.isQuantized();
    }

    /** Elements of all operands. */
    List<Object> data() {
        List<Object> data = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            data.add(operands.get(i).data(seed() + i));
        }
        return data;
    }

    /** A graph of this node alone. */
    Graph graph() {
        return graph(attributes, false);
    }

    /** The graph with other options. */
    Graph graph(Attributes other) {
        return graph(other, false);
    }

    /** A graph in which another node computes each operand that is no constant, so that the node may run in place. */
    Graph chained() {
        return graph(attributes, true);
    }

    private Graph graph(Attributes options, boolean chained) {
        GraphBuilder builder = new GraphBuilder("case", OperatorCatalog.standard());
        List<Value> values = new ArrayList<>();
        List<Object> data = data();
        for (int i = 0; i < operands.size(); i++) {
            Operand operand = operands.get(i);
            if (operand.role() == Role.INPUT) {
                values.add(builder.input("x" + i, operand.spec()));
            } else {
                values.add(builder.parameter("x" + i, operand.spec(), Operand.constant(data.get(i))));
            }
        }
        if (chained) {
            for (int i = 0; i < values.size(); i++) {
                values.set(i, copied(builder, values.get(i)));
            }
        }
        builder.output("y", builder.add("node", options, values, result));
        return builder.build();
    }

    /** Behind a padding of nothing: the only operator that neither computes nor shares memory. */
    private static Value copied(GraphBuilder builder, Value value) {
        if (value.isConstant() || value.shape().rank() == 0) {
            return value;
        }
        List<Integer> none = Collections.nCopies(value.shape().rank(), 0);
        return builder.add(
                "copy " + value.name(), new PadAttributes(none, none, 0), List.of(value), value.quantization());
    }

    static Node node(Graph graph) {
        return graph.nodes().get(graph.nodes().size() - 1);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(OperatorCatalog.standard().name(attributes));
        for (Operand operand : operands) {
            text.append(' ').append(operand.spec());
            if (operand.isInt8()) {
                text.append(" (").append(operand.spec().quantization()).append(')');
            }
        }
        String options = attributes.toString();
        text.append(' ').append(options.substring(options.indexOf('[')));
        return (result.isQuantized() ? text.append(" -> ").append(result) : text).toString();
    }
}
