package dev.junco.runtime;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Recording;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.Arenas;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

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
    private final SharedWeights weights = new SharedWeights();

    private Model(ModelContent content, CustomOperators operators, long fileBytes) {
        this.content = content;
        this.operators = operators;
        this.catalog = operators.catalog();
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
        ModelContent content = ModelContents.read(file, operators.catalog());
        return new Model(content, operators, file.toFile().length());
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
        return new Model(ModelContents.read(bytes, operators.catalog()), operators, bytes.remaining());
    }

    /**
     * Reads a stream to its end and verifies the model; the stream is not closed.
     *
     * @throws IOException if the stream fails
     */
    public static Model load(InputStream stream) throws IOException {
        return load(ModelContents.bytes(stream));
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
        return new Model(ModelContents.of(signatures, metadata, operators.catalog()), operators, 0);
    }

    /** What a file of this graph holds: the graph and its exact arena size. */
    public static ModelContent contentOf(Graph graph, Metadata metadata) {
        return ModelContents.of(List.of(graph), metadata, OperatorCatalog.standard());
    }

    /** The same model with another recording for {@link #selfTest()}, null for none; for the converter. */
    public Model withRecording(Recording recording) {
        return new Model(content.withRecording(recording), operators, 0);
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
        return ModelContents.inputs(graph());
    }

    /** The inputs of a signature by name, in order. */
    public Map<String, TensorSpec> inputs(String signature) {
        return ModelContents.inputs(graph(signature));
    }

    /** How far the inputs of the first signature may be resized; see {@link #bounds(String)}. */
    public Map<String, List<Integer>> bounds() {
        return ModelContents.bounds(graph());
    }

    /**
     * How far the inputs of a signature may be resized, by name, in order: for each axis 0 if it is fixed, else the largest size that
     * {@link Interpreter#resize(String, Shape)} may give it; empty for an input all of whose axes are fixed.
     */
    public Map<String, List<Integer>> bounds(String signature) {
        return ModelContents.bounds(graph(signature));
    }

    /** The outputs of the first signature by name, in order. */
    public Map<String, TensorSpec> outputs() {
        return ModelContents.outputs(graph());
    }

    /** The outputs of a signature by name, in order. */
    public Map<String, TensorSpec> outputs(String signature) {
        return ModelContents.outputs(graph(signature));
    }

    /** Bytes of the file; 0 for a model that was not read from one. */
    public long fileBytes() {
        return fileBytes;
    }

    /** Bytes that an interpreter needs for activations and scratch, with one thread and the file's batch size. */
    public long arenaBytes() {
        return ModelContents.planned(graph(), catalog).totalBytes();
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
            return new Interpreter(plan, catalog, weights.of(options.kernels()), options, metadata());
        } catch (OutOfMemoryError e) {
            throw new JuncoException(
                    "there is not enough memory for this model: an interpreter needs "
                            + bytes + " bytes beside the weights. Give Java more"
                            + " with -Xmx, or choose a smaller batch",
                    e);
        }
    }

    private Plan plan(Graph asWritten, InterpreterOptions options) {
        Graph graph = options.batch() == 0
                ? asWritten
                : BatchRewrite.withBatch(asWritten, catalog, options.batch(), metadata());
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

    /**
     * Runs the sample that the converter recorded in the file, on an interpreter of its own with the kernels in use now, and compares: whether this
     * device computes what the machine did that made the file. Interpreters in use are not touched. Costs the memory of an interpreter and the time of
     * one run.
     *
     * @return what was found; it is {@link SelfTest.Outcome#ABSENT} for a model without a sample, as those are that were not made by the converter
     * @throws JuncoException if there is not enough memory for another interpreter
     */
    public SelfTest selfTest() {
        return selfTest(InterpreterOptions.DEFAULT);
    }

    /**
     * {@link #selfTest()} with other kernels or more threads. The batch size is the file's.
     *
     * @throws JuncoException if vector kernels are asked for where the JVM has none, or there is not enough memory
     */
    public SelfTest selfTest(InterpreterOptions options) {
        Recording recording = content.recording();
        return recording == null
                ? SelfTest.ABSENT
                : SelfTestRun.of(recording, interpreter(options.withBatch(0).withNaN(true)));
    }
}
