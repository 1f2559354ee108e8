package dev.junco.converter.pass;

import dev.junco.runtime.DType;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Tensor;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes nodes that depend on constants alone, with the runtime's own kernels, so the values have the bits that the device would have
 * computed. Nodes whose result is an output of the graph stay, and custom operators, which the application computes.
 */
public final class FoldConstants implements Pass {
    @Override
    public String name() {
        return "fold-constants";
    }

    @Override
    public Graph apply(Graph graph) {
        List<Node> known = known(graph);
        if (known.isEmpty()) {
            return graph;
        }
        Set<Node> folded = Collections.newSetFromMap(new IdentityHashMap<>());
        folded.addAll(known);
        Map<String, Constant> results = compute(graph, known, folded);
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            if (!folded.contains(node)) {
                copy.copy(node);
                continue;
            }
            for (Value output : node.outputs()) {
                if (results.containsKey(output.name())) {
                    copy.map(output, copy.constantInPlaceOf(output, output.spec(), results.get(output.name())));
                }
            }
        }
        return copy.build();
    }

    /** Nodes that depend on constants alone, in order. */
    private static List<Node> known(Graph graph) {
        boolean[] fixed = new boolean[graph.values().size()];
        for (Value value : graph.values()) {
            fixed[value.id()] = value.isConstant();
        }
        List<Node> known = new ArrayList<>();
        for (Node node : graph.nodes()) {
            boolean all = !(node.attributes() instanceof CustomAttributes)
                    && node.inputs().stream().allMatch(input -> fixed[input.id()])
                    && node.outputs().stream()
                            .allMatch(output -> output.type() != DType.INT32
                                    && !graph.outputs().contains(output));
            if (all) {
                known.add(node);
                node.outputs().forEach(output -> fixed[output.id()] = true);
            }
        }
        return known;
    }

    /** The results that nodes outside use, by name. */
    private static Map<String, Constant> compute(Graph graph, List<Node> known, Set<Node> folded) {
        boolean[] used = new boolean[graph.values().size()];
        for (Node node : graph.nodes()) {
            if (!folded.contains(node)) {
                node.inputs().forEach(input -> used[input.id()] = true);
            }
        }
        GraphCopy copy = new GraphCopy(graph);
        List<Value> wanted = new ArrayList<>();
        for (Node node : known) {
            copy.copy(node);
            node.outputs().stream().filter(output -> used[output.id()]).forEach(wanted::add);
        }
        Map<String, Constant> results = new HashMap<>();
        if (!wanted.isEmpty()) {
            Interpreter interpreter = Model.of(copy.buildFor(wanted), Metadata.EMPTY)
                    .interpreter(InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN));
            interpreter.run();
            interpreter.outputs().forEach((name, tensor) -> results.put(name, elements(tensor)));
        }
        return results;
    }

    private static Constant elements(Tensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate((int) tensor.spec().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        tensor.copyTo(bytes);
        return Constant.of(Storage.of(tensor.spec().type()), bytes.flip(), Quantization.NONE);
    }
}
