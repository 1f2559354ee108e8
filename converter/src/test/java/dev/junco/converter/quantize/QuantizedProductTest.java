package dev.junco.converter.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Net;
import dev.junco.converter.pass.Product;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import org.junit.jupiter.api.Test;

class QuantizedProductTest {
    private final Net net = new Net(1);

    @Test
    void theLargestWeightOfAUnitBecomes127() {
        QuantizedProduct q = dense(new double[2], 1, 1, -2.54f, 0.3f, 0.127f);
        assertArrayEquals(new float[] {0.02f, 0.3f / 127}, q.scales());
        assertArrayEquals(new byte[] {50, -127, 127, 54}, q.weights());
    }

    @Test
    void halvesRoundAwayFromZero() {
        QuantizedProduct q = dense(new double[1], 1, 127, 2.5f, -2.5f, 2.4999f);
        assertArrayEquals(new byte[] {127, 3, -3, 2}, q.weights());
    }

    @Test
    void theBiasCountsInputTimesWeightSteps() {
        QuantizedProduct q = dense(new double[] {1.27, -0.5}, 0.5, 127, 0, 127, 0);
        assertArrayEquals(new int[] {3, -1}, q.bias());
    }

    @Test
    void aHugeBiasWidensTheScale() {
        QuantizedProduct q = dense(new double[] {1000}, 1e-3, 1e-6f, 0);
        assertEquals(1000, (double) q.bias()[0] * 1e-3 * q.scales()[0], 1e-3);
        assertTrue(q.bias()[0] > 0 && q.bias()[0] <= Integer.MAX_VALUE - 2 * 255 * 127);
    }

    @Test
    void aUnitOfZerosKeepsItsBias() {
        QuantizedProduct q = dense(new double[] {0.75, 0}, 0.01, 0, 0, 0, 0);
        assertEquals(0.75, q.bias()[0] * 0.01 * q.scales()[0], 1e-6);
        assertEquals(0, q.bias()[1]);
        assertEquals(1, q.scales()[1]);
    }

    @Test
    void depthwiseUnitsLieOnTheLastAxis() {
        Value x = net.input(1, 2, 2, 2);
        Value w = net.builder.constant("w", Shape.of(1, 1, 2, 2), 1, 10, -2, 5);
        net.add("d", new DepthwiseConv2DAttributes(1, 1, 1, 1, Padding.VALID, Activation.NONE), x, w);
        QuantizedProduct q = QuantizedProduct.of(Product.of(net.builder.nodes().get(0)), new double[2], 1);
        assertArrayEquals(new float[] {2f / 127, 10f / 127}, q.scales());
        assertArrayEquals(new byte[] {64, 127, -127, 64}, q.weights());
    }

    /** A dense layer with the given rows of weights. */
    private QuantizedProduct dense(double[] bias, double inputScale, float... weights) {
        int features = weights.length / bias.length;
        Value w = net.builder.constant("w", Shape.of(bias.length, features), weights);
        net.add("d", new FullyConnectedAttributes(Activation.NONE), net.input(1, features), w);
        return QuantizedProduct.of(Product.of(net.builder.nodes().get(0)), bias, inputScale);
    }
}
