package dev.junco.runtime;

import dev.junco.runtime.format.ModelReader;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.Arenas;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.Plan;
import dev.junco.runtime.plan.WeightStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network read from a {@code .junco} file and proved sound: what it takes, what it gives, its weights. Immutable and thread-safe; all its
 * interpreters share the weights.
 *
 * <pre>{@code
 * Model model = Model.load(Path.of("fashion.junco"));
 * Interpreter interpreter = model.interpreter();
 * interpreter.input("image").set(pixels);
 * interpreter.run();
 * int label = interpreter.output("probabilities").argMax();
 * }</pre>
 */
public final class Model {
    private final ModelContent content;
    private final CustomOperators operators;
    private final OperatorCatalog catalog;
    private final long fileBytes;
    private final Map<KernelChoice, WeightStore> weights = new EnumMap<>(KernelChoice.class);

    private Model(ModelContent content, CustomOperators operators, OperatorCatalog catalog, long fileBytes) {
        this.content = content;
        this.operators = operators;
        this.catalog = catalog;
        this.fileBytes = fileBytes;
    }

    /**
     * Maps and verifies a file; weights are read in place.
     *
     * @throws ModelFormatException if the file is no sound model
     * @throws UnsupportedModelException if it needs something that this runtime lacks
     * @throws JuncoException if there is no such file or it cannot be read
     */
    public static Model load(Path file) {
        return load(file, CustomOperators.NONE);
    }

    /** Maps and verifies a file that may use operators of the application; see {@link #load(Path)}. */
    public static Model load(Path file, CustomOperators operators) {
        OperatorCatalog catalog = operators.catalog();
        if (Files.isDirectory(file)) {
            throw new JuncoException("'" + file + "' is a folder, expected a .junco file");
        }
        Model model = new Model(
                ModelReader.read(file, catalog),
                operators,
                catalog,
                file.toFile().length());
        try {
            model.checkArenas();
        } catch (ModelFormatException e) {
            throw new ModelFormatException("'" + file + "': " + e.getMessage(), e);
        }
        return model;
    }

    /** Verifies a model in memory. The bytes are not copied and must not change while the model lives. */
    public static Model load(byte[] bytes) {
        return load(ByteBuffer.wrap(bytes));
    }

    /**
     * Verifies a model in the remaining bytes of a buffer, for instance a mapped asset. The bytes are not copied and must not
     * change while the model lives.
     */
    public static Model load(ByteBuffer bytes) {
        return load(bytes, CustomOperators.NONE);
    }

    /** Verifies a model in a buffer that may use operators of the application; see {@link #load(ByteBuffer)}. */
    public static Model load(ByteBuffer bytes, CustomOperators operators) {
        OperatorCatalog catalog = operators.catalog();
        Model model = new Model(ModelReader.read(bytes, catalog), operators, catalog, bytes.remaining());
        model.checkArenas();
        return model;
    }

    /**
     * Reads a stream to its end and verifies the model; the stream is not closed.
     *
     * @throws IOException if the stream fails
     */
    public static Model load(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 16];
        for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
            bytes.write(chunk, 0, n);
        }
        return load(bytes.toByteArray());
    }

    /** A model of a graph in memory, for the converter and the trainer. */
    public static Model of(Graph graph, Metadata metadata) {
        return of(List.of(graph), metadata);
    }

    /** A model of several signatures in memory; the first is the one that runs unless another is asked for. */
    public static Model of(List<Graph> signatures, Metadata metadata) {
        return of(signatures, metadata, CustomOperators.NONE);
    }

    /** A model of signatures in memory that may use operators of the application. */
    public static Model of(List<Graph> signatures, Metadata metadata, CustomOperators operators) {
        OperatorCatalog catalog = operators.catalog();
        return new Model(contentOf(signatures, metadata, catalog), operators, catalog, 0);
    }

    /** What a file of this graph holds: the graph and its exact arena size. */
    public static ModelContent contentOf(Graph graph, Metadata metadata) {
        return contentOf(List.of(graph), metadata, OperatorCatalog.standard());
    }

    private static ModelContent contentOf(List<Graph> signatures, Metadata metadata, OperatorCatalog catalog) {
        List<ArenaSize> arenas = new ArrayList<>();
        for (Graph graph : signatures) {
            arenas.add(MemoryPlanner.plan(graph, catalog).size());
        }
        return new ModelContent(signatures, arenas, MemoryPlanner.VERSION, metadata);
    }

    private void checkArenas() {
        if (content.planner() != MemoryPlanner.VERSION) {
            return; // other rules, other layout: the sizes in the file say nothing about this runtime
        }
        for (int i = 0; i < content.signatures().size(); i++) {
            ArenaSize planned = plan(content.signatures().get(i)).size();
            if (!planned.equals(content.arenas().get(i))) {
                throw new ModelFormatException("the file says that graph '"
                        + content.signatures().get(i).name() + "' needs "
                        + content.arenas().get(i) + ", but it needs " + planned);
            }
        }
    }

    private Plan plan(Graph graph) {
        try {
            return MemoryPlanner.plan(graph, catalog);
        } catch (GraphException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    /** Everything in the file. */
    public ModelContent content() {
        return content;
    }

    /** The operators that the application has brought for it. */
    public CustomOperators operators() {
        return operators;
    }

    /** Names of the signatures, the functions that this model computes; the first runs unless another is asked for. */
    public List<String> signatures() {
        List<String> names = new ArrayList<>();
        for (Graph graph : content.signatures()) {
            names.add(graph.name());
        }
        return Collections.unmodifiableList(names);
    }

    /** The graph of the first signature. */
    public Graph graph() {
        return content.signatures().get(0);
    }

    /**
     * The graph of a signature.
     *
     * @throws IllegalArgumentException if there is no such signature
     */
    public Graph graph(String signature) {
        for (Graph graph : content.signatures()) {
            if (graph.name().equals(signature)) {
                return graph;
            }
        }
        throw new IllegalArgumentException("there is no signature '" + signature + "'; the model has " + signatures());
    }

    /** What the file says about itself. */
    public Metadata metadata() {
        return content.metadata();
    }

    /** The inputs of the first signature by name, in order. */
    public Map<String, TensorSpec> inputs() {
        return inputs(graph());
    }

    /** The inputs of a signature by name, in order. */
    public Map<String, TensorSpec> inputs(String signature) {
        return inputs(graph(signature));
    }

    private static Map<String, TensorSpec> inputs(Graph graph) {
        Map<String, TensorSpec> specs = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            specs.put(input.name(), input.spec());
        }
        return Collections.unmodifiableMap(specs);
    }

    /** How far the inputs of the first signature may be resized; see {@link #bounds(String)}. */
    public Map<String, List<Integer>> bounds() {
        return bounds(graph());
    }

    /**
     * How far the inputs of a signature may be resized, by name, in order: for each axis 0 if it is fixed, else the largest size that
     * {@link Interpreter#resize(String, Shape)} may give it; empty for an input all of whose axes are fixed.
     */
    public Map<String, List<Integer>> bounds(String signature) {
        return bounds(graph(signature));
    }

    private static Map<String, List<Integer>> bounds(Graph graph) {
        Map<String, List<Integer>> bounds = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            bounds.put(input.name(), input.bounds());
        }
        return Collections.unmodifiableMap(bounds);
    }

    /** The outputs of the first signature by name, in order. */
    public Map<String, TensorSpec> outputs() {
        return outputs(graph());
    }

    /** The outputs of a signature by name, in order. */
    public Map<String, TensorSpec> outputs(String signature) {
        return outputs(graph(signature));
    }

    private static Map<String, TensorSpec> outputs(Graph graph) {
        Map<String, TensorSpec> specs = new LinkedHashMap<>();
        for (Map.Entry<String, String> output : graph.outputNames().entrySet()) {
            specs.put(output.getKey(), graph.value(output.getValue()).spec());
        }
        return Collections.unmodifiableMap(specs);
    }

    /** Bytes of the file; 0 for a model that was not read from one. */
    public long fileBytes() {
        return fileBytes;
    }

    /** Bytes that an interpreter needs for activations and scratch, with one thread and the file's batch size. */
    public long arenaBytes() {
        return plan(graph()).size().totalBytes();
    }

    /** An interpreter of the first signature with default options. */
    public Interpreter interpreter() {
        return interpreter(InterpreterOptions.DEFAULT);
    }

    /**
     * Plans and allocates an interpreter of the first signature; nothing is allocated later.
     *
     * @throws JuncoException if vector kernels are asked for where the JVM has none, or the batch size does not suit the model
     */
    public Interpreter interpreter(InterpreterOptions options) {
        return interpreter(graph(), options);
    }

    /**
     * An interpreter of a signature with default options.
     *
     * @throws IllegalArgumentException if there is no such signature
     */
    public Interpreter interpreter(String signature) {
        return interpreter(graph(signature), InterpreterOptions.DEFAULT);
    }

    /** An interpreter of a signature; see {@link #interpreter(InterpreterOptions)}. */
    public Interpreter interpreter(String signature, InterpreterOptions options) {
        return interpreter(graph(signature), options);
    }

    private Interpreter interpreter(Graph asWritten, InterpreterOptions options) {
        Plan plan = plan(asWritten, options);
        long bytes = Arenas.bytes(plan, options.threads());
        if (options.maxMemory() > 0 || bytes > Runtime.getRuntime().maxMemory()) {
            MemoryLimit.require(plan, catalog, options);
        }
        try {
            return new Interpreter(plan, catalog, weights(options.kernels()), options, metadata());
        } catch (OutOfMemoryError e) {
            throw new JuncoException(
                    "there is not enough memory for this model: an interpreter needs "
                            + bytes + " bytes beside the weights. Give Java more"
                            + " with -Xmx, or choose a smaller batch",
                    e);
        }
    }

    private Plan plan(Graph asWritten, InterpreterOptions options) {
        Graph graph = options.batch() == 0 ? asWritten : BatchRewrite.withBatch(asWritten, catalog, options.batch());
        return MemoryPlanner.plan(graph, catalog);
    }

    /** What an interpreter of the first signature with default options takes; see {@link #memory(String, InterpreterOptions)}. */
    public MemoryUse memory() {
        return memory(InterpreterOptions.DEFAULT);
    }

    /** What an interpreter of the first signature takes; see {@link #memory(String, InterpreterOptions)}. */
    public MemoryUse memory(InterpreterOptions options) {
        return MemoryLimit.use(plan(graph(), options), catalog, options);
    }

    /**
     * What an interpreter of a signature takes, before it is made. Where sizes of inputs may vary: for the largest. With {@link KernelChoice#AUTO}:
     * with the kernels whose weights take more.
     *
     * @throws IllegalArgumentException if there is no such signature
     */
    public MemoryUse memory(String signature, InterpreterOptions options) {
        return MemoryLimit.use(plan(graph(signature), options), catalog, options);
    }

    private WeightStore weights(KernelChoice choice) {
        synchronized (weights) {
            WeightStore store = weights.get(choice);
            if (store == null) {
                store = new WeightStore(source(choice));
                weights.put(choice, store);
            }
            return store;
        }
    }

    private static KernelSource source(KernelChoice choice) {
        switch (choice) {
            case PLAIN:
                return KernelSource.fixed(KernelProviders.plain());
            case VECTOR:
                Optional<Kernels> vector = KernelProviders.vector();
                if (!vector.isPresent()) {
                    throw noVectorKernels();
                }
                return KernelSource.fixed(vector.get());
            default:
                return KernelProviders.automatic();
        }
    }

    static JuncoException noVectorKernels() {
        return new JuncoException("vector kernels need the JVM's module jdk.incubator.vector, which is absent;"
                + " start Java with --add-modules jdk.incubator.vector");
    }
}
