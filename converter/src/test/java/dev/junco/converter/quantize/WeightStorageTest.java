package dev.junco.converter.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Net;
import dev.junco.converter.RandomSamples;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in fewer bytes of all that holds many. */
class WeightStorageTest {
    private static final int UNITS = 8;

    private final Net net = new Net(6);

    private Value state(String name, int... dims) {
        return net.builder.state(name, TensorSpec.float32(Shape.of(dims)), null);
    }

    private Value add(String name, Attributes attributes, Value... inputs) {
        return net.builder.addAll(name, attributes, inputs).output(0);
    }

    /** Recurrent cells behind each other, a product with a stack of matrices, an embedding. */
    private Graph graph() {
        Value x = net.input(1, 5, 4);
        ScalarFunction sigmoid = ScalarFunction.SIGMOID;
        ScalarFunction tanh = ScalarFunction.TANH;
        LstmAttributes lstm = new LstmAttributes(false, true, true, true, false, 0, 0, sigmoid, tanh, tanh);
        Value a = add(
                "lstm",
                lstm,
                x,
                net.weight("lstm/w", 0.4, 4 * UNITS, 4),
                net.weight("lstm/r", 0.3, 4 * UNITS, 6),
                net.weight("lstm/bias", 0.1, 4 * UNITS),
                state("lstm/h", 1, 6),
                state("lstm/c", 1, UNITS),
                net.weight("lstm/peepholes", 0.1, 3 * UNITS),
                net.weight("lstm/projection", 0.4, 6, UNITS));
        Value b = add(
                "gru",
                new GruAttributes(false, true, true, sigmoid, tanh),
                a,
                net.weight("gru/w", 0.4, 3 * UNITS, 6),
                net.weight("gru/r", 0.3, 3 * UNITS, UNITS),
                net.weight("gru/bias", 0.1, 3 * UNITS),
                net.weight("gru/recurrentBias", 0.1, 3 * UNITS),
                state("gru/h", 1, UNITS));
        Value c = add(
                "rnn",
                new SimpleRnnAttributes(false, false, tanh),
                b,
                net.weight("rnn/w", 0.4, UNITS, UNITS),
                net.weight("rnn/r", 0.3, UNITS, UNITS),
                net.weight("rnn/bias", 0.1, UNITS),
                state("rnn/h", 1, UNITS));
        Value d = add(
                "svdf",
                new SvdfAttributes(2, Activation.NONE),
                c,
                net.weight("svdf/features", 0.4, 2 * UNITS, UNITS),
                net.weight("svdf/time", 0.4, 2 * UNITS, 3),
                net.weight("svdf/bias", 0.1, UNITS),
                state("svdf/memory", 1, 2 * UNITS * 3));
        Value e = net.add(
                "product",
                new MatMulAttributes(false, false, Activation.NONE),
                d,
                net.weight("matrix", 0.4, 3, UNITS, 6));
        Value word = net.add("word", new ArgAttributes(ExtremeKind.MAX, 2, false, false), e);
        Value f = net.add("embedding", new GatherAttributes(0, 0), net.weight("table", 1, 6, 10), word);
        return net.outputs(e, f, net.dense("dense", d, 5, Activation.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8", "float16"})
    void everyLargeConstantIsStoredInFewerBytes(String precision) {
        Graph source = graph();
        WeightStorage storage = precision.equals("int8") ? new Int8Weights() : new Float16Weights();
        Graph after = storage.apply(source);
        Set<String> small = new TreeSet<>();
        for (Node node : after.nodes()) {
            for (Value input : node.inputs()) {
                if (input.isConstant() && input.constant().storage() != Storage.FLOAT32) {
                    small.add(input.name());
                }
            }
        }
        Set<String> expected = Set.of(
                "lstm/w",
                "lstm/r",
                "lstm/projection",
                "gru/w",
                "gru/r",
                "rnn/w",
                "rnn/r",
                "svdf/features",
                "svdf/time",
                "matrix",
                "table",
                "dense/kernel");
        assertEquals(new TreeSet<>(expected), small);
        assertSame(after, storage.apply(after), "a second time there is nothing left to do");
        double decibels = decibels(source, after);
        assertTrue(decibels > (precision.equals("int8") ? 25 : 50), decibels + " dB");
    }

    private static double decibels(Graph source, Graph after) {
        double signal = 0;
        double noise = 0;
        RandomSamples samples = new RandomSamples(20, 20, 4);
        for (int i = 0; i < samples.size(); i++) {
            List<float[]> expected = new ArrayList<>(List.of(Net.run(source, samples.features(i))));
            List<float[]> found = new ArrayList<>(List.of(Net.run(after, samples.features(i))));
            // The embedding is another one where two words are as good as equal.
            expected.remove(1);
            found.remove(1);
            for (int output = 0; output < expected.size(); output++) {
                for (int j = 0; j < expected.get(output).length; j++) {
                    double difference = expected.get(output)[j] - found.get(output)[j];
                    signal += expected.get(output)[j] * expected.get(output)[j];
                    noise += difference * difference;
                }
            }
        }
        return 10 * Math.log10(signal / noise);
    }
}
