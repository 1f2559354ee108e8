package dev.junco.trainer.autodiff;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.States;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.op.Penalties;
import dev.junco.trainer.op.TrainingOperators;
import dev.junco.trainer.optimizer.Optimizer;
import dev.junco.trainer.regularizer.Regularizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of one training step: the network in training form, the loss, the derivatives and the updates. It runs like any other graph. Immutable.
 *
 * <p>Weights are states that have the names of the network's parameters, and so are the moving mean and variance of batch
 * normalisations; what the optimizer remembers are states named {@code weight/slot}. Graphs of one network for different batch sizes have the same
 * states, so executions can share them.
 *
 * <p>Inputs: those of the network, then {@value #TARGET} (see {@link Loss#target}), {@value #LEARNING_RATE} (a float32 scalar) and {@value #STEP}
 * (an int32 scalar: 1 in the first step, one more in each step). Outputs: {@value #LOSS} (the mean over the batch and all penalties), {@value #DATA_LOSS}
 * (without penalties), {@value #PREDICTION}.
 */
public final class TrainingGraph {
    /** Input: what the network should have said. */
    public static final String TARGET = "target";

    /** Input: length of the optimizer's step. */
    public static final String LEARNING_RATE = "learning_rate";

    /** Input: number of the step. */
    public static final String STEP = "step";

    /** Output: what is made small. */
    public static final String LOSS = "loss";

    /** Output: the loss without penalties. */
    public static final String DATA_LOSS = "data_loss";

    /** Output: what the network says, dropout included. */
    public static final String PREDICTION = "prediction";

    private final Graph graph;
    private final Map<String, Value> gradients;

    private TrainingGraph(Graph graph, Map<String, Value> gradients) {
        this.graph = graph;
        this.gradients = gradients;
    }

    /**
     * The graph that trains a network.
     *
     * @param network float32, with one output; the batch size is fixed by its inputs
     * @throws GraphException if a node between a weight and the output has no derivative
     */
    public static TrainingGraph of(Graph network, Loss loss, Optimizer optimizer, TrainingOptions options) {
        return build(network, loss, optimizer, options);
    }

    /** Only forward pass and gradients; each gradient is an output named {@code gradient/weight}. */
    static TrainingGraph withoutUpdates(Graph network, Loss loss, TrainingOptions options) {
        return build(network, loss, null, options);
    }

    /**
     * The network in the form in which it runs, followed by the loss, with the states of the training graph: measures the loss on
     * other data between two steps. Inputs: those of the network and {@value #TARGET}; outputs as for training.
     */
    public static Graph evaluation(Graph network, Loss loss, TrainingOptions options) {
        GraphBuilder builder = new GraphBuilder(network.name(), catalog());
        ForwardPass pass = new ForwardPass(network, builder, options, false);
        Value prediction = pass.copy(null);
        Value dataLoss = pass.loss(loss, prediction, false).output();
        declareOutputs(builder, penalize(builder, pass, options, dataLoss), dataLoss, prediction);
        return builder.build();
    }

    private static TrainingGraph build(Graph network, Loss loss, Optimizer optimizer, TrainingOptions options) {
        GraphBuilder builder = new GraphBuilder(network.name(), catalog());
        Value step = builder.input(STEP, TensorSpec.int32(Shape.of()));
        ForwardPass pass = new ForwardPass(network, builder, options, true);
        Value prediction = pass.copy(step);
        Node lossNode = pass.loss(loss, prediction, true);
        Value learningRate = builder.input(LEARNING_RATE, TensorSpec.float32(Shape.of()));
        Map<Value, Value> gradients = differentiate(builder, pass, lossNode);
        declareOutputs(builder, penalize(builder, pass, options, lossNode.output()), lossNode.output(), prediction);
        Updates updates = new Updates(builder, options);
        updates.addPenalties(gradients);
        Map<String, Value> byName = new LinkedHashMap<>();
        gradients.forEach((weight, gradient) -> byName.put(weight.name(), gradient));
        if (optimizer != null) {
            updates.add(optimizer, gradients, learningRate, step);
        } else {
            byName.forEach((name, gradient) -> builder.output("gradient/" + name, gradient));
        }
        return new TrainingGraph(builder.build(), byName);
    }

    private static Value penalize(GraphBuilder builder, ForwardPass pass, TrainingOptions options, Value dataLoss) {
        List<Regularizer> regularizers = new ArrayList<>();
        List<Value> operands = new ArrayList<>(List.of(dataLoss));
        for (Value weight : pass.weights()) {
            Regularizer regularizer = options.regularizers().get(weight.name());
            if (regularizer != null) {
                regularizers.add(regularizer);
                operands.add(weight);
            }
        }
        return regularizers.isEmpty()
                ? dataLoss
                : builder.add(
                        builder.freeName("penalties"), new Penalties(regularizers), operands.toArray(new Value[0]));
    }

    private static void declareOutputs(GraphBuilder builder, Value loss, Value dataLoss, Value prediction) {
        builder.output(LOSS, loss);
        builder.output(DATA_LOSS, dataLoss);
        builder.output(PREDICTION, prediction);
    }

    private static Map<Value, Value> differentiate(GraphBuilder builder, ForwardPass pass, Node lossNode) {
        BitSet trainable = new BitSet();
        pass.weights().forEach(weight -> trainable.set(weight.id()));
        Backward backward = new Backward(builder, trainable, lossNode);
        backward.run();
        Map<Value, Value> gradients = new LinkedHashMap<>();
        for (Value weight : pass.weights()) {
            Value gradient = backward.gradient(weight);
            if (gradient != null) {
                gradients.put(weight, gradient);
            }
        }
        return gradients;
    }

    /** The operators that training graphs are made of. */
    public static OperatorCatalog catalog() {
        return TrainingOperators.catalog();
    }

    /** The graph itself. */
    public Graph graph() {
        return graph;
    }

    /** Gradient of each weight that training changes, by the weight's name, penalties included. */
    public Map<String, Value> gradients() {
        return gradients;
    }

    /**
     * The network with its parameters and moving statistics taken from states; everything else stays as it is.
     *
     * @param states of a training graph of this network
     */
    public static Graph withWeights(Graph network, States states) {
        return TrainedWeights.copy(network, states);
    }
}
