package dev.junco.runtime.graph;

import java.util.List;

/**
 * What a graph gave for one sample on the machine that made its file: one run at the graph's own sizes, from the states' start. Immutable.
 *
 * <p>Each tensor of {@code N} elements is recorded by {@code n} of them, {@code 1 <= n <= N}, as they are, in the storage of its type.
 *
 * @param inputs one for each input in order; element {@code i} of the input is element {@code i mod n}
 * @param outputs one for each output in order; element {@code j} is that of index {@code floor(j * N / n)}
 * @param tolerances for each output in order, the largest difference that passes, {@code >= 0}, in the output's elements
 */
public record Recording(List<Constant> inputs, List<Constant> outputs, List<Float> tolerances) {
    public Recording {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        tolerances = List.copyOf(tolerances);
        for (float tolerance : tolerances) {
            if (!(tolerance >= 0 && tolerance <= Float.MAX_VALUE)) {
                throw new GraphException("a tolerance is " + tolerance + ", expected a number of at least 0");
            }
        }
    }

    /** Index, in a tensor of {@code size} elements, of recorded element {@code j} of {@code count}. */
    public static int index(int j, int count, int size) {
        return (int) ((long) j * size / count);
    }

    /** Throws if this is no recording of the graph. */
    void requireOf(Graph graph) {
        requireOf("inputs", inputs, graph.inputs());
        requireOf("outputs", outputs, graph.outputs());
        if (tolerances.size() != outputs.size()) {
            throw new GraphException("the recording has " + tolerances.size() + " tolerances for " + outputs.size()
                    + " outputs, expected one for each");
        }
    }

    private static void requireOf(String kind, List<Constant> recorded, List<Value> values) {
        boolean fits = recorded.size() == values.size();
        for (int i = 0; fits && i < recorded.size(); i++) {
            Constant some = recorded.get(i);
            Value all = values.get(i);
            fits = some.storage() == Storage.of(all.type())
                    && some.elements() >= 1
                    && some.elements() <= all.shape().elements();
        }
        if (!fits) {
            throw new GraphException("the recording's " + kind + " are " + recorded + ", those of the graph are "
                    + values + "; expected for each 1 to all elements in the type's own storage");
        }
    }
}
