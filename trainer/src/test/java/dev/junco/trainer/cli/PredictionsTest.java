package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.trainer.data.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {
    /** y = x now + 10 · x before + 100 · x before that, of a model that remembers. */
    private static Model remembering() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, 1)));
        Value filtered = builder.add(
                "filtered",
                new SvdfAttributes(1, Activation.NONE),
                x,
                builder.constant("features", Shape.of(1, 1), 1),
                builder.constant("time", Shape.of(1, 3), 100, 10, 1),
                builder.constant("bias", Shape.of(1), 0),
                builder.state("memory", TensorSpec.float32(Shape.of(1, 3)), Constant.of(new float[3])));
        builder.output("y", filtered);
        return Model.of(builder.build(), Metadata.EMPTY);
    }

    @Test
    void samplesDoNotRememberEachOther() {
        Dataset samples = Dataset.unlabelled(new float[] {1, 1, 2, 1}, Shape.of(1));
        assertArrayEquals(
                new float[] {1, 1, 2, 1},
                Predictions.of(remembering(), samples, 1).values());
    }

    /** x minus the largest of all that the model is given. */
    private static Model belowTheLargest() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, 2)));
        Value largest = builder.add("largest", new ReduceAttributes(ReduceKind.MAX, List.of(0, 1), true), x);
        builder.output(
                "y", builder.add("below", new BinaryAttributes(BinaryKind.SUBTRACT, Activation.NONE), x, largest));
        return Model.of(builder.build(), Metadata.EMPTY);
    }

    @Test
    void samplesThatWouldMeetInAModelRunAlone() {
        Dataset samples = Dataset.unlabelled(new float[] {1, 2, 7, 4, 5, 9}, Shape.of(2));
        assertArrayEquals(
                new float[] {-1, 0, 0, -3, -4, 0},
                Predictions.of(belowTheLargest(), samples, 1).values());
    }
}
