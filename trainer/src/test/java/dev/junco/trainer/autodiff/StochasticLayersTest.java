package dev.junco.trainer.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.optimizer.Sgd;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dropout and batch normalisation in training. */
class StochasticLayersTest {
    private static final KernelSource PLAIN = KernelSource.fixed(KernelProviders.plain());

    private static float[] copy(FloatRef ref, int elements) {
        return Arrays.copyOfRange(ref.array(), ref.offset(), ref.offset() + elements);
    }

    /** The prediction of a network that only drops ones. */
    private static float[] drop(float rate, long seed, int elements, int step) {
        NetworkSketch net = new NetworkSketch(0);
        Graph network = net.build(net.dropout("drop", net.input(1, elements), rate));
        TrainingGraph training =
                TrainingGraph.of(network, new MeanSquaredError(), new Sgd(0f), TrainingOptions.ofSeed(seed));
        TrainingStep bound =
                new TrainingStep(training, new WeightStore(PLAIN), new States(training.graph()), new WorkerTeam(2));
        FloatRef x = bound.input("x");
        Arrays.fill(x.array(), x.offset(), x.offset() + elements, 1f);
        bound.run(0f, step);
        return copy(bound.output(TrainingGraph.PREDICTION), elements);
    }

    @Test
    void dropoutKeepsTheMean() {
        int elements = 100_003;
        float[] y = drop(0.25f, 5, elements, 1);
        int kept = 0;
        for (float element : y) {
            assertTrue(element == 0 || element == 4 / 3f, "element is " + element);
            kept += element == 0 ? 0 : 1;
        }
        // Five standard deviations of a binomial distribution.
        assertEquals(0.75, (double) kept / elements, 5 * Math.sqrt(0.75 * 0.25 / elements));
    }

    @Test
    void dropoutDependsOnSeedAndStepOnly() {
        float[] y = drop(0.5f, 5, 3001, 1);
        assertArrayEquals(y, drop(0.5f, 5, 3001, 1));
        assertFalse(Arrays.equals(y, drop(0.5f, 5, 3001, 2)));
        assertFalse(Arrays.equals(y, drop(0.5f, 6, 3001, 1)));
        float[] next = drop(0.5f, 5, 3001, 2);
        int same = 0;
        for (int i = 0; i < y.length; i++) {
            same += y[i] == next[i] ? 1 : 0;
        }
        assertEquals(0.5, same / 3001.0, 5 * Math.sqrt(0.25 / 3001));
    }

    @Test
    void dropoutOfRateZeroDropsNothing() {
        float[] ones = new float[77];
        Arrays.fill(ones, 1f);
        assertArrayEquals(ones, drop(0f, 5, 77, 3));
    }

    /** Two channels: 1, 3, 5, 7 and 2, 2, 2, 6 in four rows; means 4 and 3, variances 5 and 3. */
    private static final float[] ROWS = {1, 2, 3, 2, 5, 2, 7, 6};

    private static Graph normalized() {
        NetworkSketch net = new NetworkSketch(3);
        return net.build(net.batchNorm("n", net.input(4, 2)));
    }

    private static States step(TrainingOptions options) {
        TrainingGraph training = TrainingGraph.of(normalized(), new MeanSquaredError(), new Sgd(0f), options);
        States states = new States(training.graph());
        TrainingStep step = new TrainingStep(training, new WeightStore(PLAIN), states, new WorkerTeam(1));
        FloatRef x = step.input("x");
        System.arraycopy(ROWS, 0, x.array(), x.offset(), ROWS.length);
        step.run(0f, 1);
        return states;
    }

    @Test
    void movingStatisticsFollowTheBatch() {
        float[] mean = normalized().value("n/mean").floats();
        float[] variance = normalized().value("n/variance").floats();
        States states = step(TrainingOptions.ofSeed(1));
        assertArrayEquals(
                new float[] {0.99f * mean[0] + 0.04f, 0.99f * mean[1] + 0.03f}, states.floats("n/mean"), 1e-6f);
        assertArrayEquals(
                new float[] {0.99f * variance[0] + 0.05f, 0.99f * variance[1] + 0.03f},
                states.floats("n/variance"),
                1e-6f);
        States quick = step(TrainingOptions.ofSeed(1).momenta(Map.of("n", 0.5f)));
        assertArrayEquals(new float[] {0.5f * mean[0] + 2f, 0.5f * mean[1] + 1.5f}, quick.floats("n/mean"), 1e-6f);
    }

    @Test
    void trainedNetworkHasTheMovingStatistics() {
        States states = step(TrainingOptions.ofSeed(1).momentum(0.75f));
        Value mean = TrainingGraph.withWeights(normalized(), states).value("n/mean");
        assertEquals(Role.CONSTANT, mean.role());
        assertArrayEquals(states.floats("n/mean"), mean.floats());
    }

    @Test
    void frozenNormalizationKeepsItsStatistics() {
        NetworkSketch net = new NetworkSketch(3);
        Value x = net.dense("d", net.input(4, 3), 2, Activation.NONE);
        Graph network = net.build(net.batchNorm("n", x));
        TrainingOptions options = TrainingOptions.ofSeed(1).frozen(Set.of("n/gamma", "n/beta"));
        TrainingGraph training = TrainingGraph.of(network, new MeanSquaredError(), new Sgd(0.1f), options);
        assertEquals(Role.CONSTANT, training.graph().value("n/mean").role());
        assertEquals(Set.of("d/w", "d/b"), training.gradients().keySet());
    }
}
