package dev.junco.trainer.autodiff;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.trainer.kernel.CounterRandom;
import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.CategoricalCrossEntropy;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.op.BatchNormTraining;
import dev.junco.trainer.op.DropoutTraining;
import dev.junco.trainer.op.LossAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A copy of a network in which weights are states, followed by the loss. For training, batch normalisation and dropout take their
 * training form.
 */
final class ForwardPass {
    private final Graph network;
    private final GraphBuilder graph;
    private final TrainingOptions options;
    private final boolean training;
    private final Set<String> trainable = new LinkedHashSet<>();
    private final Set<String> moving = new LinkedHashSet<>();
    private final Value[] copies;
    private Value step;
    private Value logits;
    private int dropouts;

    ForwardPass(Graph network, GraphBuilder graph, TrainingOptions options, boolean training) {
        this.network = network;
        this.graph = graph;
        this.options = options;
        this.training = training;
        this.copies = new Value[network.values().size()];
        if (network.outputs().size() != 1) {
            throw new GraphException(
                    "network '" + network.name() + "' has " + network.outputs().size()
                            + " outputs; training needs exactly one, which is compared with the target");
        }
    }

    /** The weights that training changes, in their order in the network. */
    List<Value> weights() {
        List<Value> weights = new ArrayList<>();
        for (Value value : network.values()) {
            if (trainable.contains(value.name())) {
                weights.add(copies[value.id()]);
            }
        }
        return weights;
    }

    /** Copies all values and nodes; returns the network's output. */
    Value copy(Value stepNumber) {
        step = stepNumber;
        findStates();
        for (Value value : network.values()) {
            if (value.role() == Role.ACTIVATION) {
                continue;
            }
            boolean changes = trainable.contains(value.name()) || moving.contains(value.name());
            copies[value.id()] =
                    changes ? graph.state(value.name(), value.spec(), value.constant()) : graph.copy(value);
        }
        for (Node node : network.nodes()) {
            copy(node);
        }
        return copies[network.outputs().get(0).id()];
    }

    private void findStates() {
        for (Value value : network.values()) {
            if (value.role() == Role.PARAMETER && !options.frozen().contains(value.name())) {
                trainable.add(value.name());
            }
        }
        for (Node node : network.nodes()) {
            if (node.attributes() instanceof BatchNormAttributes && normalizesByBatch(node)) {
                moving.add(node.input(3).name());
                moving.add(node.input(4).name());
            }
        }
        trainable.removeAll(moving);
    }

    private boolean normalizesByBatch(Node node) {
        return trainable.contains(node.input(1).name())
                || trainable.contains(node.input(2).name());
    }

    private void copy(Node node) {
        List<Value> inputs = new ArrayList<>();
        for (Value input : node.inputs()) {
            inputs.add(copies[input.id()]);
        }
        Attributes attributes = node.attributes();
        boolean last = node.output() == network.outputs().get(0);
        if (last && fusedSigmoid(attributes)) {
            String before = graph.freeName(node.name() + "/logits");
            logits = graph.addAll(before, withoutActivation(attributes), inputs, List.of(), List.of())
                    .output();
            copies[node.output().id()] = graph.addAll(
                            node.name(),
                            new ActivationAttributes(Activation.SIGMOID),
                            List.of(logits),
                            List.of(),
                            List.of(node.output().name()))
                    .output();
            return;
        }
        if (last && ends(attributes)) {
            logits = inputs.get(0);
        }
        List<String> names = new ArrayList<>();
        node.outputs().forEach(output -> names.add(output.name()));
        Node copy = graph.addAll(node.name(), form(node, inputs), inputs, List.of(), names);
        for (int i = 0; i < node.outputs().size(); i++) {
            copies[node.output(i).id()] = copy.output(i);
        }
    }

    /** The options of a node in this pass; dropout in training also gets the number of the step as an operand. */
    private Attributes form(Node node, List<Value> inputs) {
        if (!training) {
            return node.attributes();
        }
        return switch (node.attributes()) {
            case BatchNormAttributes norm
            when normalizesByBatch(node) ->
                new BatchNormTraining(norm.epsilon(), options.momenta().getOrDefault(node.name(), options.momentum()));
            case DropoutAttributes dropout -> {
                inputs.add(step);
                yield new DropoutTraining(dropout.rate(), CounterRandom.key(options.seed(), dropouts++));
            }
            default -> node.attributes();
        };
    }

    private static boolean fusedSigmoid(Attributes attributes) {
        return attributes instanceof FullyConnectedAttributes dense && dense.activation() == Activation.SIGMOID
                || attributes instanceof Conv2DAttributes conv && conv.activation() == Activation.SIGMOID;
    }

    private static Attributes withoutActivation(Attributes attributes) {
        return switch (attributes) {
            case Conv2DAttributes c ->
                new Conv2DAttributes(
                        c.strideH(),
                        c.strideW(),
                        c.dilationH(),
                        c.dilationW(),
                        c.padding(),
                        c.groups(),
                        Activation.NONE);
            default -> new FullyConnectedAttributes(Activation.NONE);
        };
    }

    private static boolean ends(Attributes attributes) {
        return attributes instanceof ActivationAttributes a && a.function() == Activation.SIGMOID
                || attributes instanceof SoftmaxAttributes s && s.beta() == 1f;
    }

    /**
     * Appends the loss; the node's operand 0 is what the backward walk begins with.
     *
     * @param gradient whether its second result, the gradient, is wanted
     */
    Node loss(Loss loss, Value prediction, boolean gradient) {
        TensorSpec spec = loss.target(prediction.shape());
        Value target = graph.input("target", spec);
        boolean raw = switch (loss) {
            case MeanSquaredError _ -> false;
            case BinaryCrossEntropy entropy -> entropy.fromLogits();
            case CategoricalCrossEntropy entropy -> entropy.fromLogits();
            case SparseCategoricalCrossEntropy entropy -> entropy.fromLogits();
        };
        boolean joined = !raw && logits != null && joins(loss, prediction);
        Value compared = joined ? logits : prediction;
        return graph.addAll(
                graph.freeName("loss"), new LossAttributes(loss, raw || joined, gradient), compared, target);
    }

    /** Whether the network ends in the function that belongs to the loss. */
    private boolean joins(Loss loss, Value prediction) {
        Node last = null;
        for (Node node : graph.nodes()) {
            last = node.outputs().contains(prediction) ? node : last;
        }
        boolean softmax = last != null && last.attributes() instanceof SoftmaxAttributes;
        return switch (loss) {
            case MeanSquaredError _ -> false;
            case BinaryCrossEntropy _ -> !softmax;
            case CategoricalCrossEntropy _, SparseCategoricalCrossEntropy _ -> softmax;
        };
    }
}
