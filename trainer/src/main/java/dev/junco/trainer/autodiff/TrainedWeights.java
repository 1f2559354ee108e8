package dev.junco.trainer.autodiff;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.plan.States;
import java.util.ArrayList;
import java.util.List;

/** Writes states back into the constants of a network. */
final class TrainedWeights {
    private TrainedWeights() {}

    static Graph copy(Graph network, States states) {
        GraphBuilder builder = new GraphBuilder(network.name(), TrainingGraph.catalog());
        Value[] copies = new Value[network.values().size()];
        for (Value value : network.values()) {
            if (value.role() != Role.ACTIVATION) {
                float[] elements = value.isConstant() ? states.floats(value.name()) : null;
                copies[value.id()] = elements == null ? builder.copy(value) : replace(builder, value, elements);
            }
        }
        for (Node node : network.nodes()) {
            List<Value> inputs = new ArrayList<>();
            node.inputs().forEach(input -> inputs.add(copies[input.id()]));
            List<Quantization> quantizations = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (Value output : node.outputs()) {
                quantizations.add(output.quantization());
                names.add(output.name());
            }
            Node copy = builder.addAll(node.name(), node.attributes(), inputs, quantizations, names);
            for (int i = 0; i < copy.outputs().size(); i++) {
                copies[node.output(i).id()] = copy.output(i);
            }
        }
        network.outputNames()
                .forEach((name, value) ->
                        builder.output(name, copies[network.value(value).id()]));
        return builder.build();
    }

    private static Value replace(GraphBuilder builder, Value value, float[] elements) {
        Constant constant = Constant.of(elements);
        return value.role() == Role.PARAMETER
                ? builder.parameter(value.name(), value.spec(), constant)
                : builder.constant(value.name(), value.spec(), constant);
    }
}
