package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Net;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.attributes.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final Pass ALL = new Pass() {
        @Override
        public String name() {
            return "all";
        }

        @Override
        public Graph apply(Graph graph) {
            return Pipeline.forDevices().apply(graph).graph();
        }
    };

    @Test
    void leavesOnlyWhatComputesSomething() {
        Graph after = Rewrites.close(ALL, Net.classifier(5));
        assertEquals(
                List.of(
                        "Conv2D",
                        "DepthwiseConv2D",
                        "Pool2D",
                        "Reshape",
                        "FullyConnected",
                        "FullyConnected",
                        "Softmax"),
                Net.operators(after));
        assertTrue(after.values().stream().noneMatch(value -> value.role() == Role.PARAMETER));
    }

    @Test
    void namesWhatItApplied() {
        List<String> applied = Pipeline.forDevices().apply(Net.classifier(5)).applied();
        assertEquals(List.of("freeze-parameters", "remove-identities", "fold-batch-norm", "fuse-activations"), applied);
    }

    @Test
    void leavesAFinishedGraphAlone() {
        Graph done = Pipeline.forDevices().apply(Net.classifier(5)).graph();
        Pipeline.Outcome again = Pipeline.forDevices().apply(done);
        assertSame(done, again.graph());
        assertEquals(List.of(), again.applied());
    }

    @Test
    void refusesAPassThatChangesTheFace() {
        Net net = new Net(1);
        Graph other = net.outputs(net.dense("d", net.input(1, 7), 2, Activation.NONE));
        Net twoOutputs = new Net(1);
        var d = twoOutputs.dense("d", twoOutputs.input(1, 7), 2, Activation.NONE);
        Graph graph = twoOutputs.outputs(d, twoOutputs.activation("relu", d, Activation.RELU));
        Pass wrong = new Pass() {
            @Override
            public String name() {
                return "wrong";
            }

            @Override
            public Graph apply(Graph ignored) {
                return other;
            }
        };
        assertThrows(IllegalStateException.class, () -> new Pipeline(List.of(wrong)).apply(graph));
    }
}
