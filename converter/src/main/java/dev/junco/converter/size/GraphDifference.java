package dev.junco.converter.size;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.BroadcastToAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import java.util.List;
import java.util.Objects;

/** Whether two graphs compute the same, node by node; shapes told in options may be told in different ways. */
final class GraphDifference {
    private GraphDifference() {}

    /** The first difference in a sentence, null if there is none. */
    static String between(Graph found, Graph wanted) {
        int nodes = Math.min(found.nodes().size(), wanted.nodes().size());
        for (int i = 0; i < nodes; i++) {
            String difference = between(found.nodes().get(i), wanted.nodes().get(i));
            if (difference != null) {
                return difference;
            }
        }
        if (found.nodes().size() != wanted.nodes().size()
                || !found.outputNames().equals(wanted.outputNames())
                || found.values().size() != wanted.values().size()) {
            return "the graph has other nodes at another size";
        }
        return null;
    }

    /** The first difference of their results' types and shapes in a sentence, null if there is none. */
    static String betweenResults(Graph found, Graph wanted) {
        for (String output : wanted.outputNames().keySet()) {
            TensorSpec a = found.value(found.outputNames().get(output)).spec();
            TensorSpec b = wanted.value(wanted.outputNames().get(output)).spec();
            if (!a.equals(b)) {
                return "output '" + output + "' is " + a + ", expected " + b;
            }
        }
        return null;
    }

    private static String between(Node found, Node wanted) {
        if (!found.name().equals(wanted.name())
                || found.attributes().getClass() != wanted.attributes().getClass()
                || found.inputs().size() != wanted.inputs().size()) {
            return "'" + wanted.name() + "' is computed by other operators at another size";
        }
        for (int i = 0; i < found.inputs().size(); i++) {
            Value a = found.input(i);
            Value b = wanted.input(i);
            if (a.id() != b.id() || a.role() != b.role() || !a.spec().equals(b.spec())) {
                return label(found) + " has another operand at another size: " + a.name() + " " + a.spec() + ", not "
                        + b.name() + " " + b.spec();
            }
            if (!Objects.equals(a.constant(), b.constant())) {
                return label(found) + " has an operand '" + a.name() + "' that is computed from the size";
            }
        }
        List<?> results = found.outputs().stream().map(Value::spec).toList();
        List<?> expected = wanted.outputs().stream().map(Value::spec).toList();
        if (!same(found.attributes(), wanted.attributes()) || !results.equals(expected)) {
            return label(found) + " does not follow: its options are " + found.attributes() + ", with results "
                    + results + "; expected " + wanted.attributes() + ", with results " + expected;
        }
        return null;
    }

    /** Options that are the same, or differ only in what the results show. */
    private static boolean same(Attributes found, Attributes wanted) {
        return found.equals(wanted)
                || found instanceof ReshapeAttributes
                || found instanceof BroadcastToAttributes
                || found instanceof SliceAttributes a
                        && wanted instanceof SliceAttributes b
                        && a.begin().equals(b.begin())
                        && a.strides().equals(b.strides());
    }

    static String label(Node node) {
        return node.attributes().getClass().getSimpleName().replace("Attributes", "") + " '" + node.name() + "'";
    }
}
