package dev.junco.converter.tflite;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph under construction as it would be for another batch. What a file computes from shapes is known while importing and becomes part of the graph; this
 * tells where it would be something else then, so that the graph's numbers hold for its own batch only. Not thread-safe.
 */
final class OtherBatch {
    /** So many times the samples; no broadcast takes one size for the other. */
    private static final int TIMES = 3;

    private final GraphBuilder builder;
    private final OperatorCatalog catalog;
    private GraphBuilder twin;
    private final Map<Value, Value> twins = new IdentityHashMap<>();
    private int followed;
    private boolean stopped;
    private String folded;

    OtherBatch(GraphBuilder builder, OperatorCatalog catalog) {
        this.builder = builder;
        this.catalog = catalog;
    }

    /** Notes that the graph would be another one; the first to say so is told. */
    void note(String where) {
        folded = folded == null ? where : folded;
    }

    /** What first holds for the graph's own batch only, null if the graph holds for every batch that its nodes can follow. */
    String folded() {
        return folded;
    }

    /** The shape of a value, null if some node before it cannot follow. */
    Shape shape(Value value) {
        if (twin == null) {
            twin = new GraphBuilder("other batch", catalog);
        }
        try {
            List<Node> nodes = builder.nodes();
            for (; followed < nodes.size() && !stopped; followed++) {
                add(nodes.get(followed));
            }
            return stopped ? null : twin(value).shape();
        } catch (RuntimeException e) {
            stopped = true; // so another batch will be refused when it is asked for
            return null;
        }
    }

    private void add(Node node) {
        List<Value> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(twin(input)));
        List<Quantization> scales = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Value output : node.outputs()) {
            scales.add(output.quantization());
            names.add(output.name());
        }
        Node other = twin.addAll(node.name(), node.attributes(), inputs, scales, names);
        for (int i = 0; i < node.outputs().size(); i++) {
            twins.put(node.output(i), other.output(i));
        }
    }

    private Value twin(Value value) {
        Value known = twins.get(value);
        if (known == null) {
            known = value.role() == Role.INPUT
                    ? twin.input(value.name(), value.spec().withShape(times(value.shape())))
                    : twin.copy(value);
            twins.put(value, known);
        }
        return known;
    }

    private static Shape times(Shape shape) {
        return shape.with(0, Math.multiplyExact(TIMES, shape.dim(0)));
    }

    /** Whether an operator, whose nodes are the last ones from {@code first} on, would become the same nodes. */
    boolean agrees(OperatorInfo operator, Translation translation, Assembly assembly, int first) {
        GraphBuilder probe = new GraphBuilder("probe", catalog);
        Assembly other = assembly.other(probe);
        try {
            for (int input : operator.inputs()) {
                if (input >= 0 && !other.has(input)) {
                    Value value = assembly.value(input);
                    other.define(
                            input,
                            value.role() == Role.STATE
                                    ? probe.copy(value)
                                    : probe.input(value.name(), value.spec().withShape(shape(value))));
                }
            }
            translation.apply(new Operation(other, operator));
        } catch (RuntimeException e) {
            return false;
        }
        List<Node> nodes = builder.nodes();
        return same(nodes.subList(first, nodes.size()), probe.nodes())
                && Arrays.stream(operator.outputs()).allMatch(output -> same(assembly, other, output));
    }

    private static boolean same(Assembly a, Assembly b, int tensor) {
        return a.literal(tensor) == null
                ? b.literal(tensor) == null
                : a.literal(tensor).equals(b.literal(tensor));
    }

    private static boolean same(List<Node> a, List<Node> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = a.get(i).attributes().equals(b.get(i).attributes())
                    && a.get(i).inputs().size() == b.get(i).inputs().size();
            for (int k = 0; same && k < a.get(i).inputs().size(); k++) {
                Value left = a.get(i).inputs().get(k);
                Value right = b.get(i).inputs().get(k);
                same = left.isConstant() == right.isConstant()
                        && (!left.isConstant()
                                || left.spec().equals(right.spec())
                                        && left.constant().equals(right.constant()));
            }
        }
        return same;
    }
}
