package dev.junco.trainer.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ReferenceExecutor;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.optimizer.Adam;
import dev.junco.trainer.optimizer.Optimizer;
import dev.junco.trainer.optimizer.Sgd;
import dev.junco.trainer.regularizer.L1;
import dev.junco.trainer.regularizer.L2;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Updates of a single weight w with loss w², whose gradient is 2w, against sequences computed elsewhere. */
class UpdateTest {
    private static final TrainingOptions OPTIONS = TrainingOptions.ofSeed(0);

    /** y = x · w, to be run with x = 1 and target 0. */
    private static Graph network(float w) {
        GraphBuilder graph = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = graph.input("x", TensorSpec.float32(Shape.of(1, 1)));
        Value weight = graph.parameter("w", TensorSpec.float32(Shape.of(1)), Constant.of(w));
        graph.output("y", graph.add("y", new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE), x, weight));
        return graph.build();
    }

    private static float[] sequence(Optimizer optimizer, TrainingOptions options, float w, int steps) {
        TrainingGraph training = TrainingGraph.of(network(w), new MeanSquaredError(), optimizer, options);
        States states = new States(training.graph());
        KernelSource plain = KernelSource.fixed(KernelProviders.plain());
        TrainingStep step = new TrainingStep(training, new WeightStore(plain), states, new WorkerTeam(1));
        FloatRef x = step.input("x");
        x.array()[x.offset()] = 1;
        ReferenceExecutor reference = new ReferenceExecutor(training.graph(), TrainingGraph.catalog());
        reference.of(training.graph().value("x"))[0] = 1;
        reference.of(training.graph().value(TrainingGraph.LEARNING_RATE))[0] = optimizer.learningRate();
        float[] sequence = new float[steps];
        for (int i = 0; i < steps; i++) {
            step.run(optimizer.learningRate(), i + 1);
            sequence[i] = states.floats("w")[0];
            reference.of(training.graph().value(TrainingGraph.STEP))[0] = i + 1;
            reference.run();
            assertEquals(reference.of(training.graph().value("w"))[0], sequence[i], 1e-6, "step " + (i + 1));
        }
        return sequence;
    }

    @Test
    void gradientDescent() {
        assertArrayEquals(new float[] {0.8f, 0.64f, 0.512f}, sequence(new Sgd(0.1f), OPTIONS, 1, 3), 1e-6f);
    }

    @Test
    void momentum() {
        float[] expected = {0.8f, 0.46f, 0.062f, -0.3086f};
        assertArrayEquals(expected, sequence(new Sgd(0.1f, 0.9f), OPTIONS, 1, 4), 1e-6f);
    }

    @Test
    void nesterovMomentum() {
        float[] expected = {0.62f, 0.2224f, -0.108352f, -0.324823f};
        assertArrayEquals(expected, sequence(new Sgd(0.1f, 0.9f, true), OPTIONS, 1, 4), 1e-6f);
    }

    @Test
    void adam() {
        float[] expected = {0.900000158f, 0.800412502f, 0.701586643f, 0.603939516f, 0.507964190f};
        assertArrayEquals(expected, sequence(new Adam(0.1f), OPTIONS, 1, 5), 2e-6f);
    }

    @Test
    void penaltiesPullTowardsZero() {
        TrainingOptions squares = OPTIONS.regularizers(Map.of("w", new L2(0.5f)));
        assertArrayEquals(new float[] {0.7f}, sequence(new Sgd(0.1f), squares, 1, 1), 1e-6f);
        TrainingOptions absolutes = OPTIONS.regularizers(Map.of("w", new L1(0.5f)));
        assertArrayEquals(new float[] {-1.55f}, sequence(new Sgd(0.1f), absolutes, -2, 1), 1e-6f);
    }

    @Test
    void longGradientsAreCut() {
        assertArrayEquals(new float[] {0.95f}, sequence(new Sgd(0.1f), OPTIONS.clipNorm(0.5f), 1, 1), 1e-6f);
        assertArrayEquals(new float[] {0.8f}, sequence(new Sgd(0.1f), OPTIONS.clipNorm(2.5f), 1, 1), 1e-6f);
    }
}
