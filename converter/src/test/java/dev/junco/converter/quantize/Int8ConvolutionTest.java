package dev.junco.converter.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.converter.RandomSamples;
import dev.junco.converter.RangeMethod;
import dev.junco.converter.measure.Choice;
import dev.junco.converter.pass.Pipeline;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Padding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A converted convolution against integer arithmetic written here from the 8-bit specification, one number after the other. */
class Int8ConvolutionTest {
    private static final int SIZE = 6;
    private static final int CHANNELS = 3;
    private static final int UNITS = 5;

    private final Net net = new Net(21);
    private final RandomSamples samples = new RandomSamples(40, SIZE * SIZE * CHANNELS, 5);

    @Test
    void convolutionFollowsTheSpecification() {
        Value x = net.input(1, SIZE, SIZE, CHANNELS);
        Graph graph = net.outputs(net.conv("conv", x, UNITS, 3, Padding.SAME, Activation.RELU));
        check(graph, false);
    }

    @Test
    void depthwiseConvolutionFollowsTheSpecification() {
        Value x = net.input(1, SIZE, SIZE, CHANNELS);
        Graph graph = net.outputs(net.depthwise("conv", x, 2, Padding.SAME, Activation.RELU6));
        check(graph, true);
    }

    private void check(Graph graph, boolean depthwise) {
        Graph simplified = Pipeline.forDevices().apply(graph).graph();
        Graph quantized =
                new Int8Quantizer(RangeMethod.MIN_MAX, true, 1).apply(simplified, samples, Choice.spread(samples, 32));
        Node conv = Net.node(quantized, "conv");
        assertEquals(1, quantized.nodes().size());

        Interpreter interpreter = Model.of(quantized, Metadata.EMPTY)
                .interpreter(InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN));
        byte[] x = new byte[samples.featureCount()];
        new Random(4).nextBytes(x);
        interpreter.input().setInt8(x);
        interpreter.run();
        byte[] found = new byte[interpreter.output().size()];
        interpreter.output().copyInt8To(found);
        assertArrayEquals(expected(conv, x, depthwise), found);
    }

    /** y = clamp(zero point + round(M · (bias + Σ (x − zero point of x) · w))), a 3×3 window with one pixel of padding all around. */
    private static byte[] expected(Node conv, byte[] x, boolean depthwise) {
        Quantization from = conv.input(0).quantization();
        Quantization to = conv.output().quantization();
        byte[] w = conv.input(1).constant().int8s();
        int[] bias = conv.input(2).constant().int32s();
        int units = bias.length;
        byte[] y = new byte[SIZE * SIZE * units];
        for (int i = 0; i < y.length; i++) {
            int unit = i % units;
            int column = i / units % SIZE;
            int row = i / units / SIZE;
            long sum = bias[unit];
            for (int cell = 0; cell < 9; cell++) {
                int iy = row + cell / 3 - 1;
                int ix = column + cell % 3 - 1;
                if (iy < 0 || iy >= SIZE || ix < 0 || ix >= SIZE) {
                    continue; // padding is the zero point and adds nothing
                }
                int pixel = (iy * SIZE + ix) * CHANNELS;
                if (depthwise) {
                    int channel = unit / (units / CHANNELS);
                    sum += (long) (x[pixel + channel] - from.zeroPoint()) * w[cell * units + unit];
                } else {
                    for (int c = 0; c < CHANNELS; c++) {
                        sum += (long) (x[pixel + c] - from.zeroPoint()) * w[(unit * 9 + cell) * CHANNELS + c];
                    }
                }
            }
            double factor = (double) from.scale() * conv.input(1).quantization().scale(unit) / to.scale();
            int lower = to.zeroPoint();
            int upper = depthwise ? Math.min(127, to.zeroPoint() + Math.round(6 / to.scale())) : 127;
            long result = to.zeroPoint() + fixedPoint(sum, factor);
            y[i] = (byte) Math.max(lower, Math.min(upper, result));
        }
        return y;
    }

    /** sum · factor with the factor rounded to 31 fractional bits, then rounded twice as the specification's reference kernels do. */
    private static long fixedPoint(long sum, double factor) {
        int exponent = Math.getExponent(factor) + 1;
        long multiplier = new BigDecimal(factor)
                .multiply(BigDecimal.valueOf(2).pow(31))
                .divide(new BigDecimal(BigInteger.TWO.pow(Math.max(exponent, 0))))
                .multiply(new BigDecimal(BigInteger.TWO.pow(Math.max(-exponent, 0))))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        BigInteger product = BigInteger.valueOf(sum << Math.max(exponent, 0)).multiply(BigInteger.valueOf(multiplier));
        long high = product.add(BigInteger.ONE.shiftLeft(30)).shiftRight(31).longValueExact();
        return new BigDecimal(high)
                .divide(new BigDecimal(BigInteger.TWO.pow(Math.max(-exponent, 0))))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
