package dev.junco.trainer.autodiff;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.trainer.data.Random64;
import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.CategoricalCrossEntropy;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import java.util.ArrayList;
import java.util.List;

/** Random inputs and targets of a gradient check. */
final class Inputs {
    private Inputs() {}

    /** The graph with its float inputs turned into parameters, uniform in [−1, 1). */
    static Graph asWeights(Graph graph, Random64 random) {
        GraphBuilder builder = new GraphBuilder(graph.name(), TrainingGraph.catalog());
        Value[] copies = new Value[graph.values().size()];
        for (Value value : graph.values()) {
            if (value.role() == Role.INPUT && value.type() == DType.FLOAT32) {
                float[] elements = new float[value.shape().elements()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = 2 * random.nextFloat() - 1;
                }
                copies[value.id()] = builder.parameter(value.name(), value.spec(), Constant.of(elements));
            } else if (value.role() != Role.ACTIVATION) {
                copies[value.id()] = builder.copy(value);
            }
        }
        for (Node node : graph.nodes()) {
            List<Value> inputs = new ArrayList<>();
            node.inputs().forEach(input -> inputs.add(copies[input.id()]));
            List<String> names = new ArrayList<>();
            node.outputs().forEach(output -> names.add(output.name()));
            Node copy = builder.addAll(node.name(), node.attributes(), inputs, List.<Quantization>of(), names);
            for (int i = 0; i < copy.outputs().size(); i++) {
                copies[node.output(i).id()] = copy.output(i);
            }
        }
        graph.outputNames()
                .forEach((name, value) ->
                        builder.output(name, copies[graph.value(value).id()]));
        return builder.build();
    }

    /** Targets that suit a loss: real numbers, shares, distributions or classes. */
    static void drawTarget(Value target, Shape prediction, Loss loss, Random64 random, double[] elements) {
        int columns = prediction.dim(-1);
        for (int i = 0; i < elements.length; i++) {
            float share = random.nextFloat();
            elements[i] = switch (loss) {
                case MeanSquaredError _ -> 2 * share - 1;
                case BinaryCrossEntropy _, CategoricalCrossEntropy _ -> share;
                case SparseCategoricalCrossEntropy _ -> (int) (share * columns);
            };
        }
    }
}
