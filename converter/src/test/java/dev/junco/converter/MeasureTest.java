package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.measure.BatchRunner;
import dev.junco.converter.measure.Choice;
import dev.junco.converter.measure.Comparer;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
    /** Samples whose features are their index, from 0 to 99. */
    private record Numbers(int width) implements Samples {
        @Override
        public int size() {
            return 100;
        }

        @Override
        public int featureCount() {
            return 1;
        }

        @Override
        public void features(int index, float[] target, int offset) {
            target[offset] = index;
        }

        @Override
        public int label(int index) {
            return index % 10 == 0 ? -1 : index >= 50 ? 1 : 0;
        }

        @Override
        public int targetCount() {
            return width;
        }

        @Override
        public void targets(int index, float[] target, int offset) {
            target[offset] = 2 * index + 1;
        }
    }

    private static Comparison compare(Model first, Model second, Samples samples, int threads) {
        return Comparer.compare(first, second, samples, Choice.spread(samples, 1000), threads);
    }

    /** y = activation(w · x + b). */
    private static Model line(float w, float b, Activation activation) {
        Net net = new Net(1);
        Value y = net.add(
                "y",
                new FullyConnectedAttributes(activation),
                net.input(1, 1),
                net.builder.constant("w", Shape.of(1, 1), w),
                net.builder.constant("b", Shape.of(1), b));
        return Model.of(net.outputs(y), Metadata.EMPTY);
    }

    /** x minus the largest of all that the model is given. */
    private static Model belowTheLargest() {
        Net net = new Net(1);
        Value x = net.input(1, 1, 4);
        Value largest = net.add("largest", new ReduceAttributes(ReduceKind.MAX, List.of(0, 1, 2), true), x);
        Attributes minus = new BinaryAttributes(BinaryKind.SUBTRACT, Activation.NONE);
        return Model.of(net.outputs(net.add("y", minus, x, largest)), Metadata.EMPTY);
    }

    @Test
    void samplesThatWouldMeetInAModelRunAlone() {
        BatchRunner runner = new BatchRunner(belowTheLargest(), new RandomSamples(40, 4, 1), 32, 1);
        assertEquals(1, runner.batch());
        assertEquals(32, new BatchRunner(line(2, 1, Activation.NONE), new Numbers(1), 32, 1).batch());
    }

    @Test
    void samplesThatAModelPutsAlongAnotherAxisRunAlone() {
        Net net = new Net(1);
        Value turned = net.add("turned", new TransposeAttributes(List.of(1, 0)), net.input(1, 4));
        Model model = Model.of(net.outputs(turned), Metadata.EMPTY);
        assertEquals(1, new BatchRunner(model, new RandomSamples(40, 4, 1), 32, 1).batch());
    }

    @Test
    void regressionsAreJudgedByTheirMeanSquaredError() {
        Comparison c = compare(line(2, 1, Activation.NONE), line(2, 3, Activation.NONE), new Numbers(1), 1);
        assertEquals(new Comparison(100, Metric.SQUARED_ERROR, 0, 4, 1, 2, 2), c);
        assertEquals(Double.POSITIVE_INFINITY, c.drop());
        Comparison back = compare(line(2, 3, Activation.NONE), line(2, 2, Activation.NONE), new Numbers(1), 1);
        assertEquals(-0.75, back.drop());
    }

    @Test
    void oneNumberIsAClassByItsThreshold() {
        Comparison logit =
                compare(line(1, -49.5f, Activation.NONE), line(1, -59.5f, Activation.NONE), new Numbers(0), 1);
        assertEquals(Metric.ACCURACY, logit.metric());
        assertEquals(1, logit.before());
        assertEquals(81.0 / 90, logit.after(), 1e-9);
        assertEquals(0.9, logit.agreement());
        Comparison sigmoid =
                compare(line(1, -49.5f, Activation.SIGMOID), line(1, -49.5f, Activation.SIGMOID), new Numbers(0), 1);
        assertEquals(1, sigmoid.before());
        assertEquals(0, sigmoid.drop());
    }

    @Test
    void nanOfTheSourceIsRefusedAndNanOfTheResultIsInfinitelyWrong() {
        Model good = line(1, 0, Activation.NONE);
        Model bad = line(Float.NaN, 0, Activation.NONE);
        assertThrows(ConversionException.class, () -> compare(bad, good, new Numbers(0), 1));
        assertEquals(
                Double.POSITIVE_INFINITY, compare(good, bad, new Numbers(0), 1).worst());
    }

    @Test
    void aModelWithAFixedBatchIsRunAsItIs() {
        Net net = new Net(1);
        Value rows = net.add("rows", new ReshapeAttributes(List.of(3, 2)), net.input(3, 1, 2));
        Model model = Model.of(net.outputs(net.dense("d", rows, 4, Activation.NONE)), Metadata.EMPTY);
        Comparison c = compare(model, model, new RandomSamples(10, 2, 1, x -> x[0] > 0 ? 1 : 0), 1);
        assertEquals(10, c.samples());
        assertEquals(1, c.agreement());
        assertEquals(0, c.worst());
    }

    @Test
    void featuresOfSeveralInputsFollowEachOther() {
        Net net = new Net(1);
        Value x = net.input(1, 2);
        Value z = net.builder.input("z", TensorSpec.float32(Shape.of(1, 3)));
        Model model = Model.of(net.outputs(net.add("y", new ConcatAttributes(1), x, z)), Metadata.EMPTY);
        Comparison c = compare(model, model, new RandomSamples(40, 5, 1, MeasureTest::largest), 1);
        assertEquals(1, c.before());
    }

    private static int largest(float[] x) {
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            best = x[i] > x[best] ? i : best;
        }
        return best;
    }

    /** A filter that remembers its last three samples. */
    private static Model remembering() {
        Net net = new Net(1);
        Value x = net.input(1, 2);
        Value state = net.builder.state("memory", TensorSpec.float32(Shape.of(1, 2 * 3)), null);
        Value filtered = net.add(
                "filtered",
                new SvdfAttributes(1, Activation.NONE),
                x,
                net.weight("features", 1, 2, 2),
                net.weight("time", 1, 2, 3),
                net.weight("bias", 1, 2),
                state);
        return Model.of(net.outputs(filtered), Metadata.EMPTY);
    }

    @Test
    void aModelWithStatesAnswersTheSameSampleTheSameEachTime() {
        BatchRunner runner = new BatchRunner(remembering(), new RandomSamples(4, 2, 1), 32, 1);
        float[] first = answer(runner, 2);
        answer(runner, 3);
        assertArrayEquals(first, answer(runner, 2));
        assertArrayEquals(first, answer(runner, 2));
    }

    private static float[] answer(BatchRunner runner, int sample) {
        runner.run(new int[] {sample}, 0, 1);
        return runner.interpreter().output().toArray();
    }

    @Test
    void whatAModelWithStatesLosesDoesNotDependOnTheOrder() {
        Model model = remembering();
        Model rounded =
                Converter.from(model).quantize(Precision.INT8_WEIGHTS).convert().model();
        Samples samples = new RandomSamples(4, 2, 1);
        Comparison forth = Comparer.compare(model, rounded, samples, new int[] {0, 1, 2, 3}, 1);
        Comparison back = Comparer.compare(model, rounded, samples, new int[] {3, 2, 1, 0}, 1);
        assertTrue(forth.worst() > 0);
        assertEquals(forth.worst(), back.worst());
        assertEquals(forth.mean(), back.mean(), 1e-9);
    }

    @Test
    void chosenSamplesAreSpreadEvenly() {
        Samples samples = new RandomSamples(10, 1, 1);
        assertEquals(
                List.of(0, 3, 6),
                Arrays.stream(Choice.spread(samples, 3)).boxed().toList());
        assertEquals(10, Choice.spread(samples, 1000).length);
    }

    @Test
    void theWeakestActivationsComeFirst() {
        ConversionReport report = Converter.from(Net.classifier(5), Metadata.EMPTY)
                .quantize(Precision.INT8)
                .calibrate(new RandomSamples(50, 192, 3))
                .convert()
                .report();
        List<Fidelity> weakest = report.weakest(2);
        assertEquals(2, weakest.size());
        assertTrue(weakest.get(0).decibels() <= weakest.get(1).decibels());
        assertTrue(report.fidelity().size() >= 6, report.fidelity().toString());
    }
}
