package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Turns a subgraph into a Junco graph. What cannot be translated is collected, and told at once. */
final class GraphImport {
    private final Subgraph subgraph;
    private final SignatureInfo signature;
    private final Assembly assembly;
    private final GraphBuilder builder;
    private final Folding folding;
    private final Missing missing = new Missing();

    private GraphImport(TfliteFile file, Subgraph subgraph, SignatureInfo signature) {
        this.subgraph = subgraph;
        this.signature = signature;
        this.builder =
                new GraphBuilder(signature.key().isEmpty() ? "main" : signature.key(), OperatorCatalog.standard());
        this.assembly = new Assembly(builder, subgraph.tensors(), new Literals(file.bytes()));
        this.folding = new Folding(assembly);
    }

    /**
     * Imports one computation under the names of its signature.
     *
     * @throws ImportException if the file is damaged, or if anything in it is unsupported: then all of it is named
     */
    static Graph of(TfliteFile file, SignatureInfo signature) {
        return new GraphImport(file, file.subgraphs().get(signature.subgraph()), signature).build();
    }

    private Graph build() {
        addInputs();
        addStatesAndConstants();
        for (OperatorInfo operator : subgraph.operators()) {
            translate(operator);
        }
        missing.report();
        addOutputs();
        return builder.build();
    }

    private void addInputs() {
        Set<String> names = new HashSet<>();
        for (int index : subgraph.inputs()) {
            TensorInfo tensor = assembly.tensor(index);
            String wanted = publicName(signature.inputs(), index, tensor);
            try {
                TensorSpec spec = Literals.spec(tensor);
                if (!assembly.has(index)) {
                    assembly.define(index, builder.input(unique(wanted, names), spec));
                }
            } catch (Untranslatable e) {
                missing.add("input '" + wanted + "'", e.getMessage());
            }
        }
    }

    private static String publicName(Map<Integer, String> aliases, int index, TensorInfo tensor) {
        String name = aliases.getOrDefault(index, tensor.name());
        return name.isEmpty() ? "tensor_" + index : name;
    }

    private static String unique(String wanted, Set<String> names) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private void addStatesAndConstants() {
        Set<Integer> computed = new HashSet<>();
        Set<Integer> used = new HashSet<>();
        for (OperatorInfo operator : subgraph.operators()) {
            Arrays.stream(operator.outputs()).forEach(computed::add);
            Arrays.stream(operator.inputs()).forEach(used::add);
        }
        Arrays.stream(subgraph.outputs()).forEach(used::add);
        Set<Integer> wide = WideBiases.of(subgraph);
        for (int index = 0; index < subgraph.tensors().size(); index++) {
            TensorInfo tensor = assembly.tensor(index);
            if (assembly.has(index) || !used.contains(index)) {
                continue;
            }
            try {
                if (tensor.variable()) {
                    assembly.define(index, state(tensor));
                } else if (tensor.isConstant() || tensor.elements() == 0 && !computed.contains(index)) {
                    Literals literals = assembly.literals();
                    assembly.define(index, wide.contains(index) ? literals.words(tensor) : literals.of(tensor));
                }
            } catch (Untranslatable e) {
                missing.add("constant " + tensor.label(), e.getMessage());
            }
        }
    }

    /** A variable starts from real zeros: its bytes are the zero point. */
    private Value state(TensorInfo tensor) {
        TensorSpec spec = Literals.spec(tensor);
        Constant start = null;
        if (tensor.type() == TensorType.INT8 || tensor.type() == TensorType.UINT8) {
            byte[] zeros = new byte[spec.shape().elements()];
            Arrays.fill(zeros, (byte) spec.quantization().zeroPoint());
            start = Constant.of(zeros);
        }
        return builder.state(assembly.freeName(tensor.name()), spec, start);
    }

    private void translate(OperatorInfo operator) {
        Translation translation = OperatorTable.find(operator);
        if (translation == null) {
            missing.add(operator, new Operation(assembly, operator).name());
            return;
        }
        boolean ready = IntStream.of(operator.inputs()).allMatch(input -> input < 0 || assembly.has(input));
        if (!ready) {
            if (missing.isEmpty()) {
                throw FlatBytes.damaged(operator.label() + " uses a tensor before it is computed");
            }
            return; // what it needs has been reported
        }
        try {
            if (!folding.fold(operator, translation)) {
                translation.apply(new Operation(assembly, operator));
            }
        } catch (Untranslatable | GraphException | IllegalArgumentException e) {
            missing.add(operator, new Operation(assembly, operator).name(), e.getMessage());
        }
    }

    private void addOutputs() {
        if (subgraph.outputs().length == 0) {
            throw FlatBytes.damaged("subgraph '" + subgraph.name() + "' has no output");
        }
        Set<String> names = new HashSet<>();
        for (int index : subgraph.outputs()) {
            TensorInfo tensor = assembly.tensor(index);
            if (!assembly.has(index)) {
                throw FlatBytes.damaged("output " + tensor.label() + " is computed nowhere");
            }
            try {
                String name = unique(publicName(signature.outputs(), index, tensor), names);
                builder.output(name, computed(name, assembly.value(index)));
            } catch (Untranslatable | GraphException e) {
                throw new ImportException("output " + tensor.label() + ": " + e.getMessage());
            }
        }
    }

    /** Outputs are results of nodes: a constant or input that is one passes through a node. */
    private Value computed(String name, Value value) {
        boolean given =
                builder.nodes().stream().noneMatch(node -> node.outputs().contains(value));
        if (!given) {
            return value;
        }
        List<Integer> dims = new ArrayList<>();
        Arrays.stream(value.shape().dims()).forEach(dims::add);
        return builder.add(builder.freeName(name), new ReshapeAttributes(dims), List.of(value), value.quantization());
    }
}
