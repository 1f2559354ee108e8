package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models of several signatures. */
class SignatureTest {
    private static final InterpreterOptions PLAIN = InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN);

    private final Model built = Model.of(List.of(SmallModels.encode(), SmallModels.twice()), Metadata.EMPTY);
    private final Model model = Model.load(ModelWriter.toBytes(built.content()));

    @Test
    void signaturesAreNamedInOrder() {
        assertEquals(List.of("encode", "twice"), model.signatures());
        assertEquals(built.signatures(), model.signatures());
        assertEquals("{x=float32 1×3}", model.inputs().toString());
        assertEquals("{in=float32 1×3}", model.inputs("twice").toString());
        assertEquals("{out=float32 1×2}", model.outputs("twice").toString());
        assertSame(model.graph(), model.graph("encode"));
        assertThrows(
                UnsupportedOperationException.class, () -> model.signatures().clear());
    }

    @Test
    void eachSignatureRuns() {
        Interpreter encode = model.interpreter(PLAIN);
        encode.input("x").set(1, 1, 1);
        encode.run();
        assertArrayEquals(new float[] {6, 15}, encode.output("code").toArray());
        Interpreter twice = model.interpreter("twice");
        twice.input("in").set(1, 1, 1);
        twice.run();
        assertArrayEquals(new float[] {12, 30}, twice.output("out").toArray());
        Interpreter batch = model.interpreter("twice", PLAIN.withBatch(2));
        batch.input().set(1, 1, 1, 0, 0, 1);
        batch.run();
        assertArrayEquals(new float[] {12, 30, 6, 12}, batch.output().toArray());
    }

    @Test
    void signaturesOfAFileShareTheirWeights() {
        Value one = model.graph("encode").value("w");
        Value two = model.graph("twice").value("w");
        assertSame(one.constant(), two.constant());
    }

    @Test
    void anUnknownSignatureTellsTheKnownOnes() {
        String message = assertThrows(IllegalArgumentException.class, () -> model.interpreter("decode"))
                .getMessage();
        assertEquals("there is no signature 'decode'; the model has [encode, twice]", message);
    }

    @Test
    void twoSignaturesOfOneNameAreRejected() {
        String message = assertThrows(
                        GraphException.class,
                        () -> Model.of(List.of(SmallModels.encode(), SmallModels.encode()), Metadata.EMPTY))
                .getMessage();
        assertTrue(message.contains("two signatures are named 'encode'"), message);
    }
}
