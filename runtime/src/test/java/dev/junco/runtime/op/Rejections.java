package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.plan.WorkerTeam;
import java.util.ArrayList;
import java.util.List;

/** A graph to which nodes are added that must not be. */
final class Rejections {
    private final GraphBuilder builder = new GraphBuilder("test", OperatorCatalog.standard());
    private int values;

    Value input(TensorSpec spec) {
        return builder.input("x" + values++, spec);
    }

    Value constant(TensorSpec spec, Constant elements) {
        return builder.constant("c" + values++, spec, elements);
    }

    /** Fails unless the node is rejected with a message that names it and has these parts. */
    void rejects(Attributes attributes, List<Value> operands, String... parts) {
        rejects(attributes, operands, Quantization.NONE, parts);
    }

    void rejects(Attributes attributes, List<Value> operands, Quantization result, String... parts) {
        GraphException e = assertThrows(
                GraphException.class, () -> builder.add("node", attributes, operands, result), () -> "" + attributes);
        if (!e.getMessage().contains(" 'node': ")) {
            fail("'" + e.getMessage() + "' does not name the node");
        }
        for (String part : parts) {
            if (!e.getMessage().contains(part)) {
                fail("'" + e.getMessage() + "' lacks '" + part + "'");
            }
        }
        assertEquals(List.of(), builder.nodes(), "a rejected node is not there");
    }

    /** Fails unless the node can be added and bound. */
    static void accepts(Attributes attributes, Quantization result, Quantization... operands) {
        GraphBuilder builder = new GraphBuilder("test", OperatorCatalog.standard());
        List<Value> inputs = new ArrayList<>();
        for (Quantization operand : operands) {
            inputs.add(builder.input("x" + inputs.size(), TensorSpec.int8(Shape.of(2), operand)));
        }
        builder.output("y", builder.add("node", attributes, inputs, result));
        new PlannedRun(builder.build(), KernelSets.fused().get(0).kernels(), new WorkerTeam(1)).run();
    }
}
