package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.trainer.op.AdamUpdate;
import dev.junco.trainer.op.ClipByGlobalNorm;
import dev.junco.trainer.op.PenaltyGradient;
import dev.junco.trainer.op.SgdUpdate;
import dev.junco.trainer.optimizer.Adam;
import dev.junco.trainer.optimizer.Optimizer;
import dev.junco.trainer.optimizer.Sgd;
import dev.junco.trainer.regularizer.Regularizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of a training graph: penalties' gradients, the limit on their length, and one update for each weight. */
final class Updates {
    private final GraphBuilder graph;
    private final TrainingOptions options;

    Updates(GraphBuilder graph, TrainingOptions options) {
        this.graph = graph;
        this.options = options;
    }

    /** Adds the gradients of penalties, in place of the entries of {@code gradients}. */
    void addPenalties(Map<Value, Value> gradients) {
        gradients.replaceAll((weight, gradient) -> {
            Regularizer regularizer = options.regularizers().get(weight.name());
            return regularizer == null
                    ? gradient
                    : graph.add(
                            graph.freeName("gradient/" + weight.name() + "/penalty"),
                            new PenaltyGradient(regularizer),
                            gradient,
                            weight);
        });
    }

    /** Appends the updates. */
    void add(Optimizer optimizer, Map<Value, Value> gradients, Value learningRate, Value step) {
        Value scale = null;
        if (!Float.isInfinite(options.clipNorm()) && !gradients.isEmpty()) {
            scale = graph.add(
                    graph.freeName("clip"),
                    new ClipByGlobalNorm(options.clipNorm()),
                    gradients.values().toArray(new Value[0]));
        }
        for (Map.Entry<Value, Value> entry : gradients.entrySet()) {
            Value weight = entry.getKey();
            List<Value> operands = new ArrayList<>(List.of(weight, entry.getValue(), learningRate));
            for (String slot : optimizer.slots()) {
                operands.add(graph.state(weight.name() + "/" + slot, weight.spec(), null));
            }
            if (optimizer instanceof Adam) {
                operands.add(step);
            }
            if (scale != null) {
                operands.add(scale);
            }
            graph.addAll(
                    graph.freeName("update/" + weight.name()),
                    switch (optimizer) {
                        case Sgd sgd -> new SgdUpdate(sgd.momentum(), sgd.nesterov(), scale != null);
                        case Adam adam -> new AdamUpdate(adam.beta1(), adam.beta2(), adam.epsilon(), scale != null);
                    },
                    operands.toArray(new Value[0]));
        }
    }
}
