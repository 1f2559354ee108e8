package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final InterpreterOptions PLAIN = InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN);

    private final Interpreter interpreter =
            Model.of(SmallModels.classifier(), Metadata.EMPTY).interpreter(PLAIN);

    @Test
    void eachOperatorIsTimedAndCounted() {
        Profile profile = interpreter.profile();
        interpreter.input().set(SmallModels.image(8));
        for (int i = 0; i < 5; i++) {
            interpreter.run(profile);
        }
        assertEquals(5, profile.runs());
        List<Profile.Operator> operators = profile.operators();
        assertEquals(
                "[conv, depthwise, pool, flat, logits, softmax]",
                operators.stream().map(Profile.Operator::name).toList().toString());
        Profile.Operator conv = operators.get(0);
        assertEquals("Conv2D", conv.operator());
        assertTrue(profile.nanos(0) > 0);
        assertEquals(profile.nanos(0) / 5.0, conv.nanos());
        assertEquals(12 * 12 * 24 * 27, conv.multiplyAdds());
        // image, weights, bias, result
        assertEquals(4 * (12 * 12 * 3 + 24 * 27 + 24 + 12 * 12 * 24), conv.bytes());
        assertEquals(2 * conv.multiplyAdds() / conv.nanos(), conv.gigaflops());
        assertTrue(conv.kernels().matches("(Plain|Fma)PackedMatrix"), conv.kernels());
        // Flattening shares memory and takes no time at all.
        assertEquals(0, profile.nanos(3));
        assertEquals("", operators.get(3).kernels());
        double shares = 0;
        for (Profile.Operator operator : operators) {
            shares += operator.share();
        }
        assertEquals(1, shares, 1e-9);
    }

    @Test
    void theTableHasALineForEachOperator() {
        Profile profile = interpreter.profile();
        assertTrue(profile.toString().contains("mean of 0 runs: 0.00 µs"), profile.toString());
        interpreter.run(profile);
        String[] lines = profile.toString().split("\\R");
        assertEquals(1 + 6 + 1, lines.length);
        assertTrue(lines[0].matches("operator +name +µs +share +multiply-adds +bytes +GFLOP/s +kernels"), lines[0]);
        assertTrue(lines[1].startsWith("Conv2D") && lines[1].contains("93,312"), lines[1]);
        assertTrue(lines[7].startsWith("total of 6 operators, mean of 1 runs: "), lines[7]);
        String[] other = profile.table(name -> name.substring(0, 1)).split("\\R");
        assertTrue(other[1].matches("Conv2D +c +[0-9.]+ .*"), other[1]);
        assertTrue(other[1].length() < lines[1].length(), other[1]);
    }

    @Test
    void aProfileOfAnotherInterpreterIsRejected() {
        Profile other = Model.of(SmallModels.classifier(), Metadata.EMPTY)
                .interpreter(PLAIN)
                .profile();
        String message = assertThrows(IllegalArgumentException.class, () -> interpreter.run(other))
                .getMessage();
        assertTrue(message.contains("interpreter.profile()"), message);
        interpreter.run();
    }
}
