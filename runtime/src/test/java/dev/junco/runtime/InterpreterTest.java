package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.op.OperatorCatalog;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class InterpreterTest {
    private static final boolean VECTOR =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    private static final InterpreterOptions PLAIN = InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN);

    private final Model model = Model.of(SmallModels.classifier(), Metadata.EMPTY);

    private static float[] run(Interpreter interpreter, float[] image) {
        interpreter.input("image").set(image);
        interpreter.run();
        return interpreter.output("probabilities").toArray();
    }

    private static void rejects(Class<? extends Exception> type, Runnable action, String... parts) {
        String message = assertThrows(type, action::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' lacks '" + part + "'");
        }
    }

    @Test
    void aClassifierGivesProbabilities() {
        Interpreter interpreter = model.interpreter();
        interpreter.input("image").set(SmallModels.image(1));
        interpreter.run();
        Tensor probabilities = interpreter.output("probabilities");
        float sum = 0;
        for (float p : probabilities.toArray()) {
            sum += p;
        }
        assertEquals(1, sum, 1e-6);
        int label = probabilities.argMax();
        for (int i = 0; i < 10; i++) {
            assertTrue(probabilities.get(i) <= probabilities.get(label));
        }
    }

    @Test
    void inputsKeepTheirValuesFromRunToRun() {
        Interpreter interpreter = model.interpreter();
        float[] image = SmallModels.image(2);
        float[] expected = run(interpreter, image);
        interpreter.run();
        assertArrayEquals(expected, interpreter.output().toArray());
        assertArrayEquals(image, interpreter.input().toArray());
    }

    @Test
    void threadsKernelsAndInterpretersChangeNoBit() {
        float[] image = SmallModels.image(3);
        float[] expected = run(model.interpreter(PLAIN), image);
        for (int threads = 1; threads <= 3; threads++) {
            for (KernelChoice choice : KernelChoice.values()) {
                if (choice == KernelChoice.VECTOR && !VECTOR) {
                    continue;
                }
                InterpreterOptions options =
                        InterpreterOptions.DEFAULT.withThreads(threads).withKernels(choice);
                assertArrayEquals(expected, run(model.interpreter(options), image), options.toString());
            }
        }
    }

    @Test
    void automaticKernelsChangeNoBitWhileTheyWarmUp() {
        Interpreter automatic = model.interpreter();
        Interpreter plain = model.interpreter(PLAIN);
        float[] image = SmallModels.image(4);
        float[] expected = run(plain, image);
        long end = System.nanoTime() + 3_000_000_000L;
        for (int i = 0; i < 3000 && System.nanoTime() < end; i++) {
            assertArrayEquals(expected, run(automatic, image), "run " + i + " on " + automatic.kernels());
        }
    }

    @Test
    void kernelsAreThoseThatWereAskedFor() {
        assertFalse(model.interpreter(PLAIN).kernels().contains("Vector"));
        assertTrue(model.interpreter(PLAIN).isSettled());
        InterpreterOptions vector = InterpreterOptions.DEFAULT.withKernels(KernelChoice.VECTOR);
        if (VECTOR) {
            assertTrue(model.interpreter(vector).kernels().contains("VectorGemmKernels"));
        } else {
            rejects(JuncoException.class, () -> model.interpreter(vector), "--add-modules jdk.incubator.vector");
        }
    }

    @Test
    void runningAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Interpreter interpreter = model.interpreter(PLAIN.withThreads(2));
        interpreter.input().set(SmallModels.image(5));
        long[] bytes = new long[20];
        for (int i = 0; i < bytes.length; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            interpreter.run();
            bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, Arrays.stream(bytes, 10, 20).max().orElse(-1), Arrays.toString(bytes));
    }

    @Test
    void aBatchGivesEachSampleItsResult() {
        Interpreter one = model.interpreter(PLAIN);
        Interpreter three = model.interpreter(PLAIN.withBatch(3));
        assertEquals(Shape.of(3, 12, 12, 3), three.input().spec().shape());
        Tensor in = three.input();
        for (int sample = 0; sample < 3; sample++) {
            in.set(SmallModels.image(sample), 0, sample * 432, 432);
        }
        three.run();
        float[] all = three.output().toArray();
        for (int sample = 0; sample < 3; sample++) {
            float[] expected = run(one, SmallModels.image(sample));
            assertArrayEquals(expected, Arrays.copyOfRange(all, sample * 10, sample * 10 + 10));
            assertEquals(one.output().argMax(), three.output().argMax(sample * 10, 10));
        }
    }

    @Test
    void aFixedBatchSizeIsReported() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of()));
        builder.output("y", builder.add("y", new ActivationAttributes(Activation.RELU), x));
        Model scalar = Model.of(builder.build(), Metadata.EMPTY);
        rejects(GraphException.class, () -> scalar.interpreter(PLAIN.withBatch(2)), "input 'x' has shape scalar");
    }

    @Test
    void nanIsRefusedAndChangesNothing() {
        Interpreter interpreter = model.interpreter();
        float[] image = SmallModels.image(6);
        float[] expected = run(interpreter, image);
        float[] poisoned = image.clone();
        poisoned[100] = Float.NaN;
        rejects(
                IllegalArgumentException.class,
                () -> interpreter.input().set(poisoned),
                "element 100 of tensor 'image' would be NaN",
                "withNaN(true)");
        assertArrayEquals(image, interpreter.input().toArray());
        interpreter.run();
        assertArrayEquals(expected, interpreter.output().toArray());
    }

    @Test
    void nanThatIsAllowedGoesInAndComesOutAndLeavesNoTrace() {
        Interpreter interpreter = model.interpreter(InterpreterOptions.DEFAULT.withNaN(true));
        float[] image = SmallModels.image(6);
        float[] expected = run(interpreter, image);
        float[] poisoned = image.clone();
        poisoned[100] = Float.NaN;
        for (float p : run(interpreter, poisoned)) {
            assertTrue(Float.isNaN(p));
        }
        assertEquals(0, interpreter.output().argMax());
        assertArrayEquals(expected, run(interpreter, image));
    }

    @Test
    void wrongNamesTellTheRightOnes() {
        Interpreter interpreter = model.interpreter();
        Class<IllegalArgumentException> type = IllegalArgumentException.class;
        rejects(type, () -> interpreter.input("picture"), "there is no input 'picture'; the model has [image]");
        rejects(type, () -> interpreter.output("image"), "there is no output 'image'; the model has [probabilities]");
        Interpreter sum = Model.of(SmallModels.int8Sum(), Metadata.EMPTY).interpreter();
        rejects(IllegalStateException.class, sum::input, "the model has 2 inputs, [a, b]; name one");
        assertThrows(UnsupportedOperationException.class, () -> sum.inputs().clear());
        assertThrows(UnsupportedOperationException.class, () -> sum.outputs().clear());
    }

    @Test
    void theSecondThreadIsTurnedAwayAndNothingBreaks() throws InterruptedException {
        Interpreter interpreter = model.interpreter();
        float[] expected = run(interpreter, SmallModels.image(7));
        AtomicReference<IllegalStateException> refused = new AtomicReference<>();
        AtomicBoolean wrong = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(new Thread(() -> {
                while (refused.get() == null) {
                    try {
                        interpreter.run();
                    } catch (IllegalStateException e) {
                        refused.compareAndSet(null, e);
                    } catch (RuntimeException e) {
                        wrong.set(true);
                        refused.compareAndSet(null, new IllegalStateException(e));
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertFalse(wrong.get());
        String message = refused.get().getMessage();
        assertTrue(message.contains("make one interpreter for each thread"), message);
        assertTrue(message.contains("is in use on thread 'Thread-"), message);
        interpreter.run();
        assertArrayEquals(expected, interpreter.output().toArray());
    }

    @Test
    void interpretersOfOneModelRunOnTheirOwnThreads() throws InterruptedException {
        float[][] expected = new float[4][];
        float[][] found = new float[4][];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int index = i;
            expected[i] = run(model.interpreter(PLAIN), SmallModels.image(i));
            threads.add(new Thread(() -> found[index] = run(model.interpreter(), SmallModels.image(index))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertArrayEquals(expected, found);
    }

    @Test
    void statesStartAnewAfterReset() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(2)));
        Value state = builder.state("s", TensorSpec.float32(Shape.of(2)), Constant.of(1f, 2f));
        builder.output("y", builder.add("y", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), x, state));
        Interpreter interpreter = Model.of(builder.build(), Metadata.EMPTY).interpreter();
        interpreter.input().set(10, 20);
        interpreter.run();
        interpreter.reset();
        interpreter.run();
        assertArrayEquals(new float[] {11, 22}, interpreter.output().toArray());
    }

    @Test
    void optionsOutOfBoundsAreRejected() {
        Class<IllegalArgumentException> type = IllegalArgumentException.class;
        rejects(type, () -> PLAIN.withThreads(0), "threads is 0, expected 1 to 1024");
        rejects(type, () -> PLAIN.withThreads(1025), "threads is 1025");
        rejects(type, () -> PLAIN.withBatch(-1), "batch is -1");
        rejects(type, () -> PLAIN.withMaxMemory(-1), "maxMemory is -1");
        assertNotSame(PLAIN, PLAIN.withThreads(1));
        assertEquals(PLAIN, PLAIN.withThreads(1));
    }
}
