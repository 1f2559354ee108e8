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
 */
final class OpCase {
    private final Attributes attributes;
    private final List<Operand> operands;
    private final Quantization result;
    private final boolean perSample;
    private String name;
    private List<Object> data;

    private OpCase(Attributes attributes, List<Operand> operands, Quantization result, boolean perSample) {
        this.attributes = attributes;
        this.operands = operands;
        this.result = result;
        this.perSample = perSample;
    }

    static OpCase of(Attributes attributes, Operand... operands) {
        return new OpCase(attributes, List.of(operands), Quantization.NONE, true);
    }

    Attributes attributes() {
        return attributes;
    }

    List<Operand> operands() {
        return operands;
    }

    /** Whether each sample of a batch has a result of its own. */
    boolean perSample() {
        return perSample;
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

    /** Elements of all operands; nobody writes into them. */
    List<Object> data() {
        if (data == null) {
            List<Object> made = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                made.add(operands.get(i).data(seed() + i));
            }
            data = made;
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
        for (int i = 0; i < operands.size(); i++) {
            Operand operand = operands.get(i);
            if (operand.role() == Role.INPUT) {
                values.add(builder.input("x" + i, operand.spec()));
            } else {
                values.add(builder.parameter("x" + i, operand.spec(), Operand.constant(data().get(i))));
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
        if (name == null) {
            name = describe();
        }
        return name;
    }

    private String describe() {
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
