package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
    private static final boolean VECTOR =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    private static final InterpreterOptions PLAIN = InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN);

    private final Model model = Model.of(SmallModels.classifier(), Metadata.EMPTY);

    private static String rejects(Runnable action, String... parts) {
        String message = assertThrows(JuncoException.class, action::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' lacks '" + part + "'");
        }
        return message;
    }

    @Test
    void itIsKnownToTheByte() {
        for (KernelChoice choice : List.of(KernelChoice.PLAIN, KernelChoice.VECTOR)) {
            for (int batch = 0; batch < 4 && (VECTOR || choice == KernelChoice.PLAIN); batch += 3) {
                InterpreterOptions options =
                        PLAIN.withKernels(choice).withBatch(batch).withThreads(1 + batch);
                // A fresh model, whose weights nobody has packed before.
                Model fresh = Model.of(SmallModels.classifier(), Metadata.EMPTY);
                assertEquals(HeldArrays.of(fresh.interpreter(options)), fresh.memory(options), options.toString());
            }
        }
        assertEquals(model.arenaBytes(), model.memory(PLAIN).arena());
    }

    @Test
    void automaticKernelsTakeAsMuchAsTheLargerOfBoth() {
        MemoryUse plain = model.memory(PLAIN);
        MemoryUse automatic = model.memory();
        assertEquals(plain.perInterpreter(), automatic.perInterpreter());
        assertTrue(automatic.weights() >= plain.weights());
        if (VECTOR) {
            long vector = model.memory(PLAIN.withKernels(KernelChoice.VECTOR)).weights();
            assertEquals(Math.max(plain.weights(), vector), automatic.weights());
        } else {
            rejects(() -> model.memory(PLAIN.withKernels(KernelChoice.VECTOR)), "--add-modules jdk.incubator.vector");
        }
    }

    @Test
    void statesCountTwiceAndSizesCountAtTheirLargest() {
        Model recurrent = Integrator.model(10, 7);
        MemoryUse use = recurrent.memory(PLAIN);
        assertEquals(2 * 7 * 4, use.states());
        Interpreter interpreter = recurrent.interpreter(PLAIN);
        assertEquals(HeldArrays.of(interpreter), use);
        interpreter.resize("x", Shape.of(50, 7));
        assertEquals(use.arena(), HeldArrays.of(interpreter).arena());
        assertTrue(use.arena() >= 50 * 7 * 4);
    }

    @Test
    void moreThanTheLimitIsRefusedWithNumbers() {
        MemoryUse use = model.memory(PLAIN);
        InterpreterOptions tight = PLAIN.withMaxMemory(use.total() - 1);
        String message = rejects(
                () -> model.interpreter(tight),
                "an interpreter of this model needs " + use,
                String.format(java.util.Locale.ROOT, "maxMemory allows %,d", use.total() - 1));
        assertTrue(message.contains("weights"), message);
        model.interpreter(PLAIN.withMaxMemory(use.total())).run();
    }

    @Test
    void refusingAllocatesNextToNothing() {
        InterpreterOptions tight = PLAIN.withMaxMemory(1 << 20).withBatch(20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        rejects(() -> model.interpreter(tight), "bytes beside the weights", "maxMemory allows 1,048,576");
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 1 << 20, "allocated " + allocated);
    }

    @Test
    void whatTheHeapCannotHoldIsRefusedBeforeItIsTried() {
        // Each of these tensors has just below 2³¹ bytes; together no heap of a test holds them.
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1 << 14, 1 << 15)));
        for (int i = 0; i < 3; i++) {
            x = builder.state("s" + i, TensorSpec.float32(Shape.of(1 << 15, 1 << 15)), null);
            builder.output("y" + i, x);
        }
        Model huge = Model.of(builder.build(), Metadata.EMPTY);
        rejects(huge::interpreter, "Java's heap has at most", "-Xmx");
        assertEquals(3L * 2 << 32, huge.memory(PLAIN).states());
    }

    @Test
    void anArenaThatNoArrayCanHoldIsRefused() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1 << 15, 1 << 15)));
        Value y = builder.input("y", TensorSpec.float32(Shape.of(1 << 15, 1 << 15)));
        builder.output("x", builder.add("a", new ActivationAttributes(Activation.TANH), x));
        builder.output("y", builder.add("b", new ActivationAttributes(Activation.TANH), y));
        rejects(() -> Model.of(builder.build(), Metadata.EMPTY), "more than 2^31 elements");
    }

    @Test
    void aFileOfAnotherPlannerIsPlannedAnewBeforeItIsRefused() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1 << 14, 1 << 14)));
        builder.output("y", builder.add("a", new ActivationAttributes(Activation.TANH), x));
        ModelContent lying =
                new ModelContent(List.of(builder.build()), List.of(new ArenaSize(64, 0, 0, 0)), 77, Metadata.EMPTY);
        Model hostile = Model.load(ModelWriter.toBytes(lying));
        rejects(() -> hostile.interpreter(PLAIN.withMaxMemory(1 << 30)), "maxMemory allows 1,073,741,824");
    }

    @Test
    void weightsAreCountedInTheFormThatKernelsRead() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, 100)));
        Value w = builder.parameter("w", TensorSpec.float32(Shape.of(10, 100)), Constant.of(new float[1000]));
        Value bias = builder.parameter("b", TensorSpec.float32(Shape.of(10)), Constant.of(new float[10]));
        builder.output("y", builder.add("y", new FullyConnectedAttributes(Activation.NONE), x, w, bias));
        MemoryUse use = Model.of(builder.build(), Metadata.EMPTY).memory(PLAIN);
        assertEquals(4 * 1010, use.weights());
        assertEquals(64 * 256 * 4, use.workspaces());
        assertEquals(
                "72,560 bytes: arena 536, states 0, tables " + use.tables() + ", workspaces 65,536, weights 4,040",
                use.toString().replaceFirst("^[0-9,]+", "72,560"));
    }
}
