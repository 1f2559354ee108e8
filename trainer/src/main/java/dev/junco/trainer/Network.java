package dev.junco.trainer;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.trainer.data.Random64;
import dev.junco.trainer.layer.Layer;
import dev.junco.trainer.layer.LayerBuilder;
import dev.junco.trainer.regularizer.Regularizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network that can be trained: a float32 graph of one sample, its weights, and the layers that it was made of. Training changes the weights; the
 * structure never changes. Not thread-safe.
 *
 * <pre>{@code
 * Network net = Network.sequential(Shape.of(28, 28, 1))
 *     .add(new Flatten())
 *     .add(new Dense(128, Activation.RELU))
 *     .add(new Dense(10, Activation.SOFTMAX))
 *     .build();
 * }</pre>
 */
public final class Network {
    private final List<LayerInfo> layers;
    private final Map<String, Regularizer> regularizers;
    private final Map<String, Float> momenta;
    private Graph graph;
    private Metadata metadata;

    private Network(
            Graph graph,
            Metadata metadata,
            List<LayerInfo> layers,
            Map<String, Regularizer> regularizers,
            Map<String, Float> momenta) {
        this.graph = graph;
        this.metadata = metadata;
        this.layers = List.copyOf(layers);
        this.regularizers = Map.copyOf(regularizers);
        this.momenta = Map.copyOf(momenta);
    }

    /** A network of layers in a row. {@code input} is the shape of one sample, without the batch. */
    public static Builder sequential(Shape input) {
        return new Builder(input);
    }

    /**
     * A network read from a file that a {@link #save} wrote, or any float32 {@code .junco} file.
     *
     * @throws dev.junco.runtime.JuncoException if the file is no sound model or cannot be trained
     */
    public static Network load(Path file) {
        return of(Model.load(file));
    }

    /**
     * A network of a model's graph.
     *
     * @throws dev.junco.runtime.JuncoException if the model is quantised
     */
    public static Network of(Model model) {
        Graph graph = model.graph();
        for (Value value : graph.values()) {
            if (value.type() != dev.junco.runtime.DType.FLOAT32) {
                throw new GraphException("tensor '" + value.name() + "' is " + value.spec()
                        + "; only float32 networks can be trained. Start from the file that training wrote.");
            }
        }
        return new Network(
                graph,
                model.metadata(),
                NetworkProperties.layers(graph, model.metadata()),
                NetworkProperties.regularizers(model.metadata()),
                NetworkProperties.momenta(model.metadata()));
    }

    /** The graph of one sample in the form in which it runs, with the present weights. */
    public Graph graph() {
        return graph;
    }

    /** What a saved file says about the network. */
    public Metadata metadata() {
        return metadata;
    }

    /** Changes what a saved file says: labels, preprocessing, licence. */
    public void describe(Metadata changed) {
        metadata = changed;
    }

    /** The layers in order. */
    public List<LayerInfo> layers() {
        return layers;
    }

    /** Penalties of weights by name. */
    public Map<String, Regularizer> regularizers() {
        return regularizers;
    }

    /** Shares of their moving averages that batch normalisations keep in a step, by layer. */
    public Map<String, Float> momenta() {
        return momenta;
    }

    /** Elements of all weights, those included that no gradient changes. */
    public long parameterCount() {
        return trainableCount() + fixedCount();
    }

    /** Elements of the weights that training changes by gradients. */
    public long trainableCount() {
        return count(Role.PARAMETER);
    }

    private long fixedCount() {
        return count(Role.CONSTANT);
    }

    private long count(Role role) {
        long count = 0;
        for (Value value : graph.values()) {
            count += value.role() == role ? value.shape().elements() : 0;
        }
        return count;
    }

    /** A table of the layers, their results' shapes and their parameters. */
    public String summary() {
        return Summary.of(this);
    }

    /** The network as a model that runs, with the present weights. */
    public Model model() {
        return Model.of(graph, NetworkProperties.describe(this));
    }

    /**
     * Writes the network as a {@code .junco} file: float32, as trained. The file appears whole or not at all.
     *
     * @throws dev.junco.runtime.JuncoException if it cannot be written
     */
    public void save(Path file) {
        ModelWriter.write(model().content(), file);
    }

    /** Takes over weights: the same graph with other constants. */
    void replaceWeights(Graph trained) {
        graph = trained;
    }

    /** Collects the layers of a sequential network. */
    public static final class Builder {
        private final Shape input;
        private final List<Layer> layers = new ArrayList<>();
        private String name = "network";
        private String inputName = "input";
        private String outputName = "output";
        private long seed = 1;

        private Builder(Shape input) {
            this.input = input;
        }

        /** Appends a layer. */
        public Builder add(Layer layer) {
            layers.add(layer);
            return this;
        }

        /** Name of the network. */
        public Builder named(String wanted) {
            name = wanted;
            return this;
        }

        /** Name of the input; "input" unless told. */
        public Builder input(String wanted) {
            inputName = wanted;
            return this;
        }

        /** Name of the output; "output" unless told. */
        public Builder output(String wanted) {
            outputName = wanted;
            return this;
        }

        /** Seed of the initial weights; 1 unless told. */
        public Builder seed(long wanted) {
            seed = wanted;
            return this;
        }

        /**
         * Builds the graph, infers all shapes and makes the weights.
         *
         * @throws GraphException if a layer does not fit the one before; the message names it
         */
        public Network build() {
            if (layers.isEmpty()) {
                throw new GraphException("the network has no layers; add at least one");
            }
            GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
            Map<String, Regularizer> regularizers = new HashMap<>();
            Map<String, Float> momenta = new HashMap<>();
            Map<String, Integer> used = new LinkedHashMap<>();
            List<LayerInfo> infos = new ArrayList<>();
            Value x = builder.input(inputName, TensorSpec.float32(input.prepend(1)));
            for (int i = 0; i < layers.size(); i++) {
                Layer layer = layers.get(i);
                String layerName = layer.givenName() != null ? layer.givenName() : freeName(layer.type(), used);
                Random64 random = Random64.ofStream(seed, i);
                x = layer.build(new LayerBuilder(builder, layerName, random, regularizers, momenta), x);
                infos.add(new LayerInfo(layerName, layer.type(), x.name()));
            }
            builder.output(outputName, x);
            Metadata metadata = Metadata.EMPTY.withName(name).withProducer("Junco");
            return new Network(builder.build(), metadata, infos, regularizers, momenta);
        }

        private static String freeName(String type, Map<String, Integer> used) {
            String base = type.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
            int number = used.merge(base, 1, Integer::sum);
            return number == 1 ? base : base + "_" + (number - 1);
        }
    }
}
