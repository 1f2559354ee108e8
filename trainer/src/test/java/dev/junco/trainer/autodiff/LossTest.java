package dev.junco.trainer.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ReferenceExecutor;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.CategoricalCrossEntropy;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import org.junit.jupiter.api.Test;

/** Losses of known predictions. */
class LossTest {
    private static final Attributes IDENTITY = new ActivationAttributes(Activation.NONE);
    private static final Attributes SIGMOID = new ActivationAttributes(Activation.SIGMOID);
    private static final Attributes SOFTMAX = new SoftmaxAttributes(1f);

    /** The loss of a network that is one node, on float kernels, checked against the reference executor. */
    private static double loss(Loss loss, Attributes node, int columns, float[] x, float... target) {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value input = builder.input("x", TensorSpec.float32(Shape.of(x.length / columns, columns)));
        builder.output("y", builder.add("y", node, input));
        Graph graph = TrainingGraph.evaluation(builder.build(), loss, TrainingOptions.ofSeed(0));
        Execution execution = new Execution(
                MemoryPlanner.plan(graph, TrainingGraph.catalog()),
                TrainingGraph.catalog(),
                new WeightStore(KernelSource.fixed(KernelProviders.plain())),
                new States(graph),
                new WorkerTeam(1));
        ReferenceExecutor reference = new ReferenceExecutor(graph, TrainingGraph.catalog());
        FloatRef at = execution.floats(graph.value("x"));
        for (int i = 0; i < x.length; i++) {
            at.array()[at.offset() + i] = x[i];
            reference.of(graph.value("x"))[i] = x[i];
        }
        Value wanted = graph.value(TrainingGraph.TARGET);
        boolean inRange = true;
        for (int i = 0; i < target.length; i++) {
            if (wanted.type() == DType.INT32) {
                IntRef ref = execution.ints(wanted);
                ref.array()[ref.offset() + i] = (int) target[i];
                inRange &= target[i] >= 0 && target[i] < columns;
            } else {
                FloatRef ref = execution.floats(wanted);
                ref.array()[ref.offset() + i] = target[i];
            }
            reference.of(wanted)[i] = target[i];
        }
        execution.run();
        FloatRef result = execution.floats(graph.value(graph.outputNames().get(TrainingGraph.LOSS)));
        double found = result.array()[result.offset()];
        if (inRange) {
            reference.run();
            Value value = graph.value(graph.outputNames().get(TrainingGraph.LOSS));
            assertEquals(reference.of(value)[0], found, 1e-6 * Math.max(1, Math.abs(found)));
        }
        return found;
    }

    private static float[] of(float... numbers) {
        return numbers;
    }

    @Test
    void meanSquaredErrorIsTheMeanOverAllElements() {
        assertEquals(1.5, loss(new MeanSquaredError(), IDENTITY, 2, of(1, 2, 3, 4), 0, 1, 3, 2), 1e-6);
    }

    @Test
    void binaryCrossEntropyOfSigmoids() {
        // −log 0.5 and log(1 + e²).
        assertEquals((0.693147 + 2.126928) / 2, loss(new BinaryCrossEntropy(), SIGMOID, 1, of(0, 2), 1, 0), 1e-6);
        assertEquals(100, loss(new BinaryCrossEntropy(), SIGMOID, 1, of(-100), 1), 1e-4);
        assertEquals(100, loss(new BinaryCrossEntropy(true), IDENTITY, 1, of(-100), 1), 1e-4);
    }

    @Test
    void binaryCrossEntropyOfProbabilitiesIsLimited() {
        assertEquals(0.1053605, loss(new BinaryCrossEntropy(), IDENTITY, 1, of(0.9f), 1), 1e-6);
        assertEquals(16.118096, loss(new BinaryCrossEntropy(), IDENTITY, 1, of(0), 1), 1e-4);
    }

    @Test
    void crossEntropyOfSoftmax() {
        Loss sparse = new SparseCategoricalCrossEntropy();
        assertEquals(0.407606, loss(sparse, SOFTMAX, 3, of(1, 2, 3), 2), 1e-6);
        assertEquals((2.407606 + 0.407606) / 2, loss(sparse, SOFTMAX, 3, of(1, 2, 3, 3, 1, 2), 0, 0), 1e-6);
        assertEquals(0.407606, loss(new CategoricalCrossEntropy(), SOFTMAX, 3, of(1, 2, 3), 0, 0, 1), 1e-6);
        assertEquals(1000, loss(sparse, SOFTMAX, 2, of(1000, 0), 1), 1e-3);
        assertEquals(1000, loss(new SparseCategoricalCrossEntropy(true), IDENTITY, 2, of(1000, 0), 1), 1e-3);
    }

    @Test
    void crossEntropyOfProbabilities() {
        assertEquals(0.693147, loss(new SparseCategoricalCrossEntropy(), IDENTITY, 2, of(0.2f, 0.2f), 1), 1e-6);
        assertEquals(16.118096, loss(new SparseCategoricalCrossEntropy(), IDENTITY, 2, of(1, 0), 1), 1e-4);
        assertEquals(0.673012, loss(new CategoricalCrossEntropy(), IDENTITY, 2, of(0.6f, 0.4f), 0.6f, 0.4f), 1e-6);
    }

    @Test
    void unknownClassesMakeTheLossNaN() {
        assertTrue(Double.isNaN(loss(new SparseCategoricalCrossEntropy(), SOFTMAX, 3, of(1, 2, 3), 3)));
        assertTrue(Double.isNaN(loss(new SparseCategoricalCrossEntropy(), SOFTMAX, 3, of(1, 2, 3), -1)));
    }

    @Test
    void targetsFollowThePrediction() {
        assertEquals(TensorSpec.int32(Shape.of(5)), new SparseCategoricalCrossEntropy().target(Shape.of(5, 3)));
        assertArrayEquals(
                new int[] {5, 3},
                new CategoricalCrossEntropy().target(Shape.of(5, 3)).shape().dims());
    }
}
