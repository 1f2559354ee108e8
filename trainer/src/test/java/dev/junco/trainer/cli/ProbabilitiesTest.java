package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which answers are shown in percent. */
class ProbabilitiesTest {
    private static final Predictions SCORES = new Predictions(new float[] {2, -1}, 2);

    /** A graph whose output is computed by an operator and reshaped afterwards. */
    private static Graph ending(Attributes last) {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value answer = builder.add("last", last, builder.input("x", TensorSpec.float32(Shape.of(1, 2))));
        builder.output("y", builder.add("flat", new ReshapeAttributes(List.of(1, -1)), answer));
        return builder.build();
    }

    private static void computed(boolean expected, Attributes last) {
        assertEquals(expected, Probabilities.are(ending(last), "y", SCORES));
    }

    private static void given(boolean expected, int width, float... values) {
        Graph raw = ending(new ActivationAttributes(Activation.RELU));
        assertEquals(expected, Probabilities.are(raw, "y", new Predictions(values, width)));
    }

    @Test
    void theLastOperatorTellsThem() {
        computed(true, new SoftmaxAttributes(1));
        computed(true, new ActivationAttributes(Activation.SIGMOID));
        computed(false, new SoftmaxAttributes(1, true));
        computed(false, new ActivationAttributes(Activation.TANH));
    }

    @Test
    void numbersThatAddUpToOneAreTakenForThem() {
        given(true, 2, 0.25f, 0.75f, 1, 0);
        given(true, 3, 0.33f, 0.33f, 0.33f);
        given(false, 2, 0.25f, 0.75f, 0.5f, 0.75f);
        given(false, 2, 1.5f, -0.5f);
        given(false, 2, Float.NaN, 1);
        given(false, 1, 1);
    }
}
