package dev.junco.converter.pass;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes one node of the chain of means, squares and roots that exporters write for layer normalisation, RMS normalisation and division by the Euclidean length. A chain is recognised by
 * its values: in double precision, on numbers of several sizes, it has to agree to 10⁻⁵ with a normalisation whose epsilon, gamma and beta are constants of the chain. Legal where nothing
 * else uses what lies between.
 */
public final class FuseNormalization extends FuseRegions {
    private static final double TOLERANCE = 1e-5;
    /** Larger rows are not tried out. */
    private static final int MOST_ELEMENTS = 1 << 20;

    /** Sizes and means of the operands that are tried: with a mean, without, and so small that epsilon matters. */
    private static final double[][] TRIALS = {{1, 0.5}, {3, -2}, {1e-3, 1e-3}};

    @Override
    public String name() {
        return "fuse-normalization";
    }

    @Override
    boolean isAllowed(Node node) {
        return node.attributes() instanceof BinaryAttributes
                || node.attributes() instanceof UnaryAttributes
                || node.attributes() instanceof ReduceAttributes a && a.keepDims();
    }

    @Override
    Replacement replacement(Region region) {
        Shape shape = region.x().shape();
        List<ReduceAttributes> reductions = new ArrayList<>();
        for (Node node : region.nodes()) {
            if (node.attributes() instanceof ReduceAttributes a) {
                reductions.add(a);
            }
        }
        if (reductions.isEmpty() || !region.end().output().shape().equals(shape)) {
            return null;
        }
        List<Integer> axes = reductions.get(0).axes();
        int axis = axes.isEmpty() ? -1 : axes.get(0);
        if (axis < 0 || axis + axes.size() != shape.rank() || axes.get(axes.size() - 1) != shape.rank() - 1) {
            return null;
        }
        return shape.elements(axis, shape.rank()) > MOST_ELEMENTS ? null : match(region, axis);
    }

    /** The region for a single one of the rows, which do not depend on each other; null if its constants tell them apart. */
    private static Region row(Region region, int axis) {
        GraphBuilder builder = new GraphBuilder("row", OperatorCatalog.standard());
        Map<Value, Value> copies = new IdentityHashMap<>();
        int[] dims = region.x().shape().dims();
        Arrays.fill(dims, 0, axis, 1);
        Value x = builder.input(region.x().name(), TensorSpec.float32(Shape.of(dims)));
        copies.put(region.x(), x);
        try {
            for (Node node : region.nodes()) {
                List<Value> inputs = new ArrayList<>();
                for (Value input : node.inputs()) {
                    inputs.add(copies.computeIfAbsent(input, builder::copy));
                }
                copies.put(node.output(), builder.add(node.name(), node.attributes(), inputs.toArray(Value[]::new)));
            }
        } catch (GraphException e) {
            return null; // a shape that only the whole has
        }
        boolean keepsShape = copies.get(region.end().output()).shape().equals(x.shape());
        return keepsShape ? new Region(x, builder.nodes()) : null;
    }

    private static Replacement match(Region region, int axis) {
        Region row = row(region, axis);
        if (row == null) {
            return null;
        }
        List<double[]> operands = new ArrayList<>();
        List<double[]> expected = new ArrayList<>();
        Random random = new Random(1);
        for (double[] trial : TRIALS) {
            double[] x = new double[row.x().shape().elements()];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian() * trial[0] + trial[1];
            }
            operands.add(x);
            expected.add(evaluate(row, x));
        }
        int n = region.x().shape().elements(axis, region.x().shape().rank());
        Shape normalized = Shape.of(Arrays.copyOfRange(
                region.x().shape().dims(), axis, region.x().shape().rank()));
        List<Value> parameters = new ArrayList<>();
        List<Double> epsilons = new ArrayList<>(List.of(0.0));
        for (Node node : region.nodes()) {
            for (Value input : node.inputs()) {
                if (input.isConstant() && input.shape().equals(normalized) && !parameters.contains(input)) {
                    parameters.add(input);
                }
                if (input.isConstant() && input.shape().elements() == 1) {
                    double epsilon = input.floats()[0];
                    epsilons.add(epsilon);
                    epsilons.add(epsilon * epsilon);
                }
            }
        }
        for (NormalizationKind kind : List.of(NormalizationKind.LAYER, NormalizationKind.RMS, NormalizationKind.L2)) {
            for (double epsilon : epsilons) {
                if (epsilon >= 0) {
                    NormalizationAttributes attributes = new NormalizationAttributes(kind, axis, 1, (float) epsilon);
                    Replacement found = match(region, attributes, n, operands, expected, parameters);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /** The normalisation with the parameters that make it what the region computes, or null. */
    private static Replacement match(
            Region region,
            NormalizationAttributes attributes,
            int n,
            List<double[]> operands,
            List<double[]> expected,
            List<Value> parameters) {
        List<double[]> plain = new ArrayList<>();
        for (double[] x : operands) {
            plain.add(normalized(attributes, x, n));
        }
        if (agree(plain, expected, n, null, null)) {
            return new Replacement(attributes, List.of(region.x()));
        }
        if (attributes.kind() == NormalizationKind.L2) {
            return null;
        }
        for (Value gamma : parameters) {
            if (agree(plain, expected, n, gamma.floats(), null)) {
                return new Replacement(attributes, List.of(region.x(), gamma));
            }
            for (Value beta : parameters) {
                if (agree(plain, expected, n, gamma.floats(), beta.floats())) {
                    return new Replacement(attributes, List.of(region.x(), gamma, beta));
                }
            }
        }
        return null;
    }

    private static boolean agree(List<double[]> plain, List<double[]> expected, int n, float[] gamma, float[] beta) {
        for (int trial = 0; trial < plain.size(); trial++) {
            for (int i = 0; i < plain.get(trial).length; i++) {
                double y = plain.get(trial)[i] * (gamma == null ? 1 : gamma[i % n]) + (beta == null ? 0 : beta[i % n]);
                double allowed = TOLERANCE * Math.max(1, Math.abs(y));
                if (!(Math.abs(expected.get(trial)[i] - y) <= allowed)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double[] normalized(NormalizationAttributes a, double[] x, int n) {
        double[] y = new double[x.length];
        for (int start = 0; start < x.length; start += n) {
            double mean = 0;
            for (int i = 0; i < n && a.kind() == NormalizationKind.LAYER; i++) {
                mean += x[start + i] / n;
            }
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += (x[start + i] - mean) * (x[start + i] - mean);
            }
            double length = a.kind() == NormalizationKind.L2
                    ? Math.sqrt(Math.max(squares, a.epsilon()))
                    : Math.sqrt(squares / n + a.epsilon());
            for (int i = 0; i < n; i++) {
                y[start + i] = (x[start + i] - mean) / length;
            }
        }
        return y;
    }

    /** What the region gives, by the operators' own double precision. */
    private static double[] evaluate(Region region, double[] x) {
        Map<Value, double[]> values = new IdentityHashMap<>();
        values.put(region.x(), x);
        for (Node node : region.nodes()) {
            evaluate(node, values);
        }
        return values.get(region.end().output());
    }

    private static void evaluate(Node node, Map<Value, double[]> values) {
        Attributes attributes = node.attributes();
        Operator<Attributes> operator = OperatorCatalog.standard().of(attributes);
        operator.evaluate(attributes, node, value -> values.computeIfAbsent(value, FuseNormalization::start));
    }

    /** The elements of a constant, room for those of a result. */
    private static double[] start(Value value) {
        double[] elements = new double[value.shape().elements()];
        if (value.isConstant()) {
            float[] floats = value.floats();
            for (int i = 0; i < elements.length; i++) {
                elements[i] = floats[i];
            }
        }
        return elements;
    }
}
