package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
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
    private final List<Quantization> results;
    private final boolean perSample;
    private final Error error;
    private String name;
    private List<Object> data;

    /**
     * How far a float result may lie from the exact one: relative · |exact| + absolute.
     *
     * @param relative in units of 2⁻²⁴
     */
    record Error(double relative, double absolute) {}

    private OpCase(
            Attributes attributes, List<Operand> operands, List<Quantization> results, boolean perSample, Error error) {
        this.attributes = attributes;
        this.operands = operands;
        this.results = results;
        this.perSample = perSample;
        this.error = error;
    }

    static OpCase of(Attributes attributes, Operand... operands) {
        return new OpCase(attributes, List.of(operands), List.of(), true, null);
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
        return toAll(Quantization.perTensor((float) scale, zeroPoint));
    }

    /** The same with quantisations for the results in order. */
    OpCase toAll(Quantization... quantizations) {
        return new OpCase(attributes, operands, List.of(quantizations), perSample, error);
    }

    /** The same with a bound of the error, where {@link Tolerance} knows none for the operator. */
    OpCase within(double relative, double absolute) {
        return new OpCase(attributes, operands, results, perSample, new Error(relative, absolute));
    }

    /** The same where results are the exact ones, rounded to float32. */
    OpCase exactly() {
        return within(0, 0);
    }

    /** Bound of the error, null if {@link Tolerance} derives it. */
    Error error() {
        return error;
    }

    /** The same case, in which samples mix or the batch size is fixed. */
    OpCase mixesSamples() {
        return new OpCase(attributes, operands, results, false, error);
    }

    /** Of the operands' elements; the same in every run. */
    long seed() {
        return toString().hashCode();
    }

    boolean isInt8() {
        return operands.stream().anyMatch(Operand::isQuantized)
                || results.stream().anyMatch(Quantization::isQuantized)
                || attributes instanceof DynamicQuantizeAttributes;
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
            } else if (operand.role() == Role.STATE) {
                values.add(builder.state("x" + i, operand.spec(), Operand.constant(operand, data().get(i))));
            } else {
                values.add(builder.parameter("x" + i, operand.spec(), Operand.constant(operand, data().get(i))));
            }
        }
        if (chained) {
            for (int i = 0; i < values.size(); i++) {
                values.set(i, copied(builder, values.get(i)));
            }
        }
        Node node = builder.addAll("node", options, values, results, List.of());
        for (int i = 0; i < node.outputs().size(); i++) {
            builder.output(i == 0 ? "y" : "y" + i, node.output(i));
        }
        return builder.build();
    }

    /** Behind a padding of nothing: the only operator that neither computes nor shares memory. */
    private static Value copied(GraphBuilder builder, Value value) {
        boolean copyable = value.type() == DType.FLOAT32 || value.type() == DType.INT8 || value.type() == DType.INT16;
        if (value.role() != Role.INPUT || value.shape().rank() == 0 || !copyable) {
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
            if (operand.role() != Role.INPUT) {
                text.append(' ').append(operand.role());
            }
            if (operand.spec().quantization().isQuantized()) {
                text.append(" (").append(operand.spec().quantization()).append(')');
            }
        }
        String options = attributes.toString();
        text.append(' ').append(options.substring(options.indexOf('[')));
        return (results.isEmpty() ? text : text.append(" -> ").append(results)).toString();
    }
}
