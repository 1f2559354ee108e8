package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Net;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import java.util.Random;

/** What every pass must do: keep the face of the graph and its answers. */
final class Rewrites {
    private static final int INPUTS = 5;

    private Rewrites() {}

    /** Applies a pass that must find something; answers keep every bit. */
    static Graph exact(Pass pass, Graph graph) {
        return check(pass, graph, 0);
    }

    /** Applies a pass that must find something; answers change by rounding only. */
    static Graph close(Pass pass, Graph graph) {
        return check(pass, graph, 1e-5);
    }

    /** The pass must leave the graph alone. */
    static void none(Pass pass, Graph graph) {
        assertSame(graph, pass.apply(graph));
    }

    private static Graph check(Pass pass, Graph graph, double tolerance) {
        Graph after = pass.apply(graph);
        assertNotSame(graph, after);
        assertSame(after, pass.apply(after), "a second time there is nothing left to do");
        assertEquals(graph.name(), after.name());
        assertEquals(graph.outputNames().keySet(), after.outputNames().keySet());
        assertEquals(
                graph.inputs().stream().map(Value::name).toList(),
                after.inputs().stream().map(Value::name).toList());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < INPUTS; i++) {
            float[] x = new float[graph.inputs().get(0).shape().elements()];
            for (int j = 0; j < x.length; j++) {
                x[j] = (float) random.nextGaussian();
            }
            float[][] expected = Net.run(graph, x);
            float[][] found = Net.run(after, x);
            for (int output = 0; output < expected.length; output++) {
                compare(expected[output], found[output], tolerance, "seed " + seed);
            }
        }
        return after;
    }

    private static void compare(float[] expected, float[] found, double tolerance, String message) {
        if (tolerance == 0) {
            assertArrayEquals(expected, found, message);
            return;
        }
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertTrue(
                    Math.abs(expected[i] - found[i]) <= tolerance * largest,
                    message + ": " + found[i] + " instead of " + expected[i]);
        }
    }
}
