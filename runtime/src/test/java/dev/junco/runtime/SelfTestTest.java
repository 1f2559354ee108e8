package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Recording;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model says whether it computes here what was recorded when its file was made. */
class SelfTestTest {
    private static final InterpreterOptions PLAIN = InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN);

    private final Model classifier = Model.of(SmallModels.classifier(), Metadata.EMPTY);
    private final float[] image = pattern(12 * 12 * 3);
    private final float[] answer = answer(classifier, image);

    private static float[] pattern(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (i * 37 % 101) / 101f;
        }
        return values;
    }

    private static float[] answer(Model model, float[] values) {
        Interpreter interpreter = model.interpreter(PLAIN);
        interpreter.input().set(values);
        interpreter.run();
        return interpreter.output().toArray();
    }

    /** A model that went through a file. */
    private static Model recorded(Model model, Constant input, Constant output, float tolerance) {
        Recording recording = new Recording(List.of(input), List.of(output), List.of(tolerance));
        return Model.load(ModelWriter.toBytes(model.withRecording(recording).content()));
    }

    @Test
    void passesWithAllKernels() {
        Model model = recorded(classifier, Constant.of(image), Constant.of(answer), 0);
        assertTrue(model.selfTest().passed(), () -> model.selfTest().toString());
        for (KernelChoice kernels : KernelChoice.values()) {
            if (kernels == KernelChoice.VECTOR && KernelProviders.vector().isEmpty()) {
                continue;
            }
            SelfTest found = model.selfTest(InterpreterOptions.DEFAULT
                    .withKernels(kernels)
                    .withThreads(2)
                    .withBatch(3));
            assertEquals(SelfTest.Outcome.PASSED, found.outcome(), kernels + ": " + found);
            assertEquals("self-test passed", found.toString());
        }
    }

    @Test
    void tellsTheFirstElementThatDiffers() {
        float[] other = answer.clone();
        other[7] = Math.nextUp(other[7]);
        other[8] = 0.5f;
        Model model = recorded(classifier, Constant.of(image), Constant.of(other), 0);
        SelfTest found = model.selfTest(PLAIN);
        assertEquals(new SelfTest(SelfTest.Outcome.FAILED, "probabilities", 7, answer[7], other[7], 0), found);
        assertFalse(found.passed());
        assertTrue(
                found.toString()
                        .startsWith("self-test failed: element 7 of output 'probabilities' is " + answer[7]
                                + " here; expected is " + other[7] + "."),
                found::toString);
    }

    @Test
    void aToleranceAdmitsWhatIsNearer() {
        float[] other = answer.clone();
        other[9] += 0.25f;
        assertTrue(recorded(classifier, Constant.of(image), Constant.of(other), 0.251f)
                .selfTest()
                .passed());
        SelfTest found = recorded(classifier, Constant.of(image), Constant.of(other), 0.249f)
                .selfTest();
        assertEquals(9, found.index());
        assertTrue(found.toString().contains(" ± 0.249"), found::toString);
    }

    @Test
    void aModelWithoutARecordingSaysSo() {
        SelfTest found = classifier.selfTest();
        assertEquals(SelfTest.Outcome.ABSENT, found.outcome());
        assertFalse(found.passed());
        assertTrue(found.toString().contains("convert the model again"), found::toString);
    }

    @Test
    void aShortPatternFillsAnInputAndSomeElementsStandForAnOutput() {
        float[] tile = pattern(101);
        float[] tiled = new float[image.length];
        for (int i = 0; i < tiled.length; i++) {
            tiled[i] = tile[i % tile.length];
        }
        float[] all = answer(classifier, tiled);
        // 3 of 10: indices 0, 3, 6.
        Constant some = Constant.of(all[0], all[3], all[6]);
        assertTrue(recorded(classifier, Constant.of(tile), some, 0).selfTest().passed());
        SelfTest found = recorded(classifier, Constant.of(tile), Constant.of(all[0], all[3], 2f), 0)
                .selfTest();
        assertEquals(6, found.index());
        assertEquals(2, found.expected());
    }

    @Test
    void integersAreComparedAsTheyAre() {
        Model sum = Model.of(SmallModels.int8Sum(), Metadata.EMPTY);
        Constant a = Constant.of((byte) 1, (byte) -128, (byte) 127, (byte) 40);
        Constant b = Constant.of((byte) 2);
        // a + b with zero point 3 each: a + b - 3.
        Constant right = Constant.of((byte) 0, (byte) -128, (byte) 126, (byte) 39);
        Constant wrong = Constant.of((byte) 0, (byte) -128, (byte) 125, (byte) 39);
        Recording good = new Recording(List.of(a, b), List.of(right), List.of(0f));
        assertEquals(SelfTest.PASSED, sum.withRecording(good).selfTest());
        Recording bad = new Recording(List.of(a, b), List.of(wrong), List.of(0f));
        assertEquals(
                new SelfTest(SelfTest.Outcome.FAILED, "sum", 2, 126, 125, 0),
                sum.withRecording(bad).selfTest());
        Recording near = new Recording(List.of(a, b), List.of(wrong), List.of(1f));
        assertTrue(sum.withRecording(near).selfTest().passed());
    }

    @Test
    void everyTypeGoesInAndOut() {
        Constant numbers = Constant.of(1f, 0, 2, 3);
        Constant integers = Constant.of(1, 0, 2, 3);
        Constant truths = Constant.of(true, false, true, true);
        assertTrue(cast(DType.FLOAT32, DType.INT32, numbers, integers));
        assertTrue(cast(DType.INT32, DType.FLOAT32, integers, numbers));
        assertTrue(cast(DType.INT32, DType.BOOL, integers, truths));
        assertTrue(cast(DType.BOOL, DType.INT32, truths, Constant.of(1, 0, 1, 1)));
        assertFalse(cast(DType.BOOL, DType.INT32, truths, integers));
        assertFalse(cast(DType.INT32, DType.BOOL, integers, Constant.of(true, true, true, true)));
    }

    private static boolean cast(DType from, DType to, Constant input, Constant output) {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        TensorSpec x = new TensorSpec(from, Shape.of(4), Quantization.NONE);
        builder.output("y", builder.add("cast", new CastAttributes(to), builder.input("x", x)));
        return recorded(Model.of(builder.build(), Metadata.EMPTY), input, output, 0)
                .selfTest()
                .passed();
    }

    @Test
    void notANumberIsLikeItself() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        builder.output("x", builder.input("x", TensorSpec.float32(Shape.of(2))));
        Model same = Model.of(builder.build(), Metadata.EMPTY);
        Constant strange = Constant.of(Float.NaN, Float.NEGATIVE_INFINITY);
        assertTrue(recorded(same, strange, strange, 1).selfTest().passed());
        assertFalse(
                recorded(same, strange, Constant.of(Float.NaN, 1), 1).selfTest().passed());
        assertFalse(recorded(same, strange, Constant.of(0, Float.NEGATIVE_INFINITY), 1)
                .selfTest()
                .passed());
    }

    @Test
    void startsFromFreshStatesAndTouchesNobodyElses() {
        Graph graph = SmallModels.recurrent(4);
        Model bare = Model.of(graph, Metadata.EMPTY);
        float[] x = pattern(24);
        Model model = recorded(bare, Constant.of(x), Constant.of(answer(bare, x)), 0);
        Interpreter running = model.interpreter();
        running.input().set(x);
        running.run();
        float[] first = running.output().toArray();
        assertTrue(model.selfTest().passed());
        assertTrue(model.selfTest().passed(), "a second time");
        assertArrayEquals(first, running.output().toArray());
        running.run();
        Interpreter undisturbed = bare.interpreter();
        undisturbed.input().set(x);
        undisturbed.run();
        undisturbed.run();
        assertArrayEquals(undisturbed.output().toArray(), running.output().toArray());
    }

    @Test
    void aRecordingOfAnotherGraphIsRefused() {
        Constant output = Constant.of(answer);
        for (Constant input : List.of(Constant.of(1), Constant.of(new float[0]), Constant.of(new float[433]))) {
            Recording other = new Recording(List.of(input), List.of(output), List.of(0f));
            assertThrows(GraphException.class, () -> classifier.withRecording(other), input::toString);
        }
        Constant input = Constant.of(image);
        Recording twoInputs = new Recording(List.of(input, input), List.of(output), List.of(0f));
        assertThrows(GraphException.class, () -> classifier.withRecording(twoInputs));
        Recording noTolerance = new Recording(List.of(input), List.of(output), List.of());
        assertThrows(GraphException.class, () -> classifier.withRecording(noTolerance));
        assertThrows(GraphException.class, () -> new Recording(List.of(), List.of(), List.of(-1f)));
    }
}
