package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Turns a subgraph into a Junco graph. What cannot be translated is collected, and told at once. */
final class GraphImport {
    /** More branches than any model has, so that a hostile file, whose branches name each other, comes to an end. */
    private static final int MOST_BRANCHES = 256;

    private static final int DEEPEST_BRANCH = 16;

    private final TfliteFile file;
    private final Subgraph subgraph;
    private final SignatureInfo signature;
    private final Assembly assembly;
    private final GraphBuilder builder;
    private final OtherBatch batch;
    private final Folding folding;
    private final Missing missing;
    private final GraphImport parent;
    private final CustomOperators operators;
    private final List<Shape> sizes;
    private int branches;

    private GraphImport(
            TfliteFile file, Subgraph subgraph, SignatureInfo signature, CustomOperators operators, List<Shape> sizes) {
        this.file = file;
        this.operators = operators;
        this.sizes = sizes;
        this.subgraph = subgraph;
        this.signature = signature;
        this.builder = new GraphBuilder(signature.key().isEmpty() ? "main" : signature.key(), operators.catalog());
        this.batch = new OtherBatch(builder, operators.catalog());
        this.assembly = new Assembly(builder, subgraph.tensors(), new Literals(file.bytes()), batch);
        this.folding = new Folding(assembly);
        this.missing = new Missing();
        this.parent = null;
    }

    /** A subgraph whose nodes become part of the graph of the one that calls it. */
    private GraphImport(GraphImport parent, Subgraph subgraph) {
        this.file = parent.file;
        this.operators = parent.operators;
        this.sizes = List.of();
        this.subgraph = subgraph;
        this.signature = parent.signature;
        this.builder = parent.builder;
        this.batch = parent.batch;
        this.assembly = new Assembly(builder, subgraph.tensors(), parent.assembly.literals(), batch);
        this.folding = new Folding(assembly);
        this.missing = parent.missing;
        this.parent = parent;
    }

    /**
     * Imports one computation under the names of its signature.
     *
     * @param operators of the application
     * @param sizes shapes of the inputs; none for those that the file says
     * @throws ImportException if the file is damaged, or if anything in it is unsupported: then all of it is named
     */
    static Imported of(TfliteFile file, SignatureInfo signature, CustomOperators operators, List<Shape> sizes) {
        GraphImport graph =
                new GraphImport(file, file.subgraphs().get(signature.subgraph()), signature, operators, sizes);
        return new Imported(graph.build(), graph.batch.folded());
    }

    /**
     * A graph and what in it holds for its own batch size only.
     *
     * @param ownBatch the operator that says so first, null if none does
     */
    record Imported(Graph graph, String ownBatch) {}

    private Graph build() {
        addInputs();
        KnownTensors.define(subgraph, assembly, missing);
        for (OperatorInfo operator : subgraph.operators()) {
            translate(operator);
        }
        missing.report();
        addOutputs();
        return builder.build();
    }

    private void addInputs() {
        int input = 0;
        for (Map.Entry<Integer, String> named :
                GraphInputs.names(subgraph, signature).entrySet()) {
            try {
                TensorSpec spec = Literals.spec(assembly.tensor(named.getKey()));
                TensorSpec wanted = sizes.isEmpty() ? spec : spec.withShape(sizes.get(input));
                assembly.define(named.getKey(), builder.input(named.getValue(), wanted));
            } catch (Untranslatable e) {
                missing.add("input '" + named.getValue() + "'", e.getMessage());
            }
            input++;
        }
    }

    private void translate(OperatorInfo operator) {
        Literal condition = condition(operator);
        if (condition != null) {
            follow(operator, condition);
            return;
        }
        boolean complex = ComplexImports.concern(operator, assembly);
        Translation translation = complex ? ComplexImports.find(operator) : OperatorTable.find(operator);
        boolean application = translation == null && CustomImports.concern(operator, operators);
        if (application) {
            translation = CustomImports::translate;
        }
        if (translation == null) {
            String name = new Operation(assembly, operator).name();
            String reason = ControlFlow.refusal(operator, assembly);
            if (reason == null) {
                missing.add(operator, name);
            } else {
                missing.add(operator, name, reason);
            }
            return;
        }
        boolean ready = IntStream.of(operator.inputs()).allMatch(input -> input < 0 || assembly.has(input));
        if (!ready) {
            if (missing.isEmpty()) {
                throw FlatBytes.damaged(operator.label() + " uses a tensor before it is computed");
            }
            return; // what it needs has been reported
        }
        Operation operation = new Operation(assembly, operator);
        try {
            operation.requireTypes();
            if (application || !folding.fold(operator, translation)) {
                apply(translation, operation);
            }
        } catch (Untranslatable | GraphException | IllegalArgumentException e) {
            missing.add(operator, operation.name(), e.getMessage());
        } catch (ImportException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unforeseen(operation, e);
        }
    }

    /** A reshape follows the batch or is refused with another one; any other use of known shapes has to stay the same. */
    private void apply(Translation translation, Operation operation) {
        OperatorInfo operator = operation.info();
        boolean watched = assembly.varies(operator) && !operator.name().equals("RESHAPE");
        int nodes = watched ? builder.nodes().size() : 0;
        translation.apply(operation);
        if (watched && !batch.agrees(operator, translation, assembly, nodes)) {
            batch.note(operator.label() + " '" + operation.name() + "'");
        }
    }

    /** What no check has found: whatever a damaged file leads to, the reader learns which operator it was. */
    static ImportException unforeseen(Operation operation, RuntimeException cause) {
        String message = operation.info().label() + " '" + operation.name()
                + "' has operands, results or options that do not belong together (" + cause
                + "); the file is damaged, or Junco lacks a check: then please report it with the file";
        return new ImportException("the model cannot be imported: " + message, cause);
    }

    /** The condition of an IF if it is known, null for every other operator. */
    private Literal condition(OperatorInfo operator) {
        boolean chooses = !operator.custom() && operator.name().equals("IF") && operator.inputs().length > 0;
        Literal condition = chooses && operator.inputs()[0] >= 0 ? assembly.literal(operator.inputs()[0]) : null;
        boolean truth = condition != null
                && !condition.isEmpty()
                && condition.spec().type() == DType.BOOL
                && condition.spec().shape().elements() == 1;
        return truth ? condition : null;
    }

    /** Makes the nodes of the branch that an IF always takes. */
    private void follow(OperatorInfo operator, Literal condition) {
        boolean holds = condition.elements().bytes().get(0) != 0;
        int index = operator.options() == null ? 0 : operator.options().int32(holds ? 0 : 1, 0);
        if (index < 0 || index >= file.subgraphs().size()) {
            throw FlatBytes.damaged(operator.label() + " names subgraph " + index + " of "
                    + file.subgraphs().size());
        }
        countBranch(operator);
        if (assembly.varies(operator.inputs()[0])) {
            batch.note("the condition of " + operator.label());
        }
        GraphImport branch = new GraphImport(this, file.subgraphs().get(index));
        int[] from = operator.inputs();
        int[] to = branch.subgraph.inputs();
        int[] results = branch.subgraph.outputs();
        if (from.length - 1 != to.length || results.length != operator.outputs().length) {
            throw FlatBytes.damaged(operator.label() + " has " + (from.length - 1) + " operands and "
                    + operator.outputs().length + " results, its subgraph '" + branch.subgraph.name() + "' has "
                    + to.length + " and " + results.length);
        }
        for (int i = 0; i < to.length; i++) {
            if (from[i + 1] < 0 || !assembly.has(from[i + 1])) {
                missing.add(
                        operator, new Operation(assembly, operator).name(), "its operand " + (i + 1) + " is missing");
                return;
            }
            pass(assembly, from[i + 1], branch.assembly, to[i]);
        }
        KnownTensors.define(branch.subgraph, branch.assembly, missing);
        branch.subgraph.operators().forEach(branch::translate);
        for (int i = 0; i < results.length && missing.isEmpty(); i++) {
            pass(branch.assembly, results[i], assembly, operator.outputs()[i]);
        }
    }

    private void countBranch(OperatorInfo operator) {
        int depth = 0;
        GraphImport root = this;
        for (; root.parent != null; root = root.parent) {
            depth++;
        }
        if (++root.branches > MOST_BRANCHES || depth >= DEEPEST_BRANCH) {
            throw FlatBytes.damaged(operator.label() + " leads to more than " + MOST_BRANCHES + " branches, or "
                    + DEEPEST_BRANCH + " within each other");
        }
    }

    private static void pass(Assembly from, int tensor, Assembly to, int target) {
        if (from.literal(tensor) != null) {
            to.define(target, from.literal(tensor));
            if (from.varies(tensor)) {
                to.vary(target, from.varied(tensor));
            }
        } else {
            to.define(target, from.value(tensor));
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
            if (ComplexImports.isComplex(tensor)) {
                throw new ImportException("output " + tensor.label()
                        + " holds complex numbers; export their magnitude, or their real and imaginary parts");
            }
            if (assembly.varies(index)) {
                batch.note("output " + tensor.label());
            }
            try {
                String name = GraphInputs.unique(GraphInputs.name(signature.outputs(), index, tensor), names);
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
