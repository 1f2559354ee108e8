package dev.junco.trainer.autodiff;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.ReferenceExecutor;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import dev.junco.trainer.data.Random64;
import dev.junco.trainer.loss.Loss;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Compares the gradients of a network's training graph with central differences of its loss, both in double precision on the
 * readable {@link ReferenceExecutor}, and the gradients that the float32 kernels compute with the double ones. Inputs, unless they hold
 * something already, and targets are drawn from a seed; gradients of inputs are checked as if they were weights.
 *
 * <p>Central differences are of fourth order: {@code (8 (f(w + h) − f(w − h)) − (f(w + 2h) − f(w − 2h))) / 12h} with h = {@value #STEP}. They are
 * meaningless where a corner (of a rectifier, a maximum, a clip) lies within 2h; choose another seed then. An error is ‖a − b‖ / (‖a‖ + ‖b‖) for
 * the gradient of one weight tensor. A gradient shorter than {@value #LEAST_SHARE} of the whole network's is measured by that length instead: a bias before
 * batch normalisation, for example, has gradient 0 but for rounding.
 */
public final class GradientCheck {
    /** Most that analytic and numeric double gradients may differ. */
    public static final double DOUBLE_TOLERANCE = 1e-7;

    /** Most that float32 and double gradients may differ. */
    public static final double FLOAT_TOLERANCE = 1e-4;

    private static final double STEP = 2e-5;

    private static final double LEAST_SHARE = 0.01;

    private final Graph network;
    private final Loss loss;
    private final TrainingOptions options;
    private final KernelSource kernels;
    private final int samples;

    private GradientCheck(Graph network, Loss loss, TrainingOptions options, KernelSource kernels, int samples) {
        this.network = network;
        this.loss = loss;
        this.options = options;
        this.kernels = kernels;
        this.samples = samples;
    }

    /** The check of a network with plain kernels and all elements. The options' seed draws inputs and targets too. */
    public static GradientCheck of(Graph network, Loss loss, TrainingOptions options) {
        KernelSource plain = KernelSource.fixed(KernelProviders.plain());
        return new GradientCheck(network, loss, options, plain, Integer.MAX_VALUE);
    }

    /** With other kernels for the float32 gradients. */
    public GradientCheck kernels(KernelSource source) {
        return new GradientCheck(network, loss, options, source, samples);
    }

    /** With differences for at most so many elements of each weight, drawn from the seed. */
    public GradientCheck samples(int most) {
        return new GradientCheck(network, loss, options, kernels, most);
    }

    /**
     * The errors of one weight's gradient.
     *
     * @param weight its name
     * @param error of the analytic gradient against differences, in double precision
     * @param floatError of the float32 gradient against the double one
     */
    public record Error(String weight, double error, double floatError) {
        /** Whether both are within their tolerance. */
        public boolean passes() {
            return error <= DOUBLE_TOLERANCE && floatError <= FLOAT_TOLERANCE;
        }
    }

    /** Runs the check. */
    public List<Error> run() {
        Random64 random = new Random64(options.seed());
        TrainingGraph training = TrainingGraph.withoutUpdates(Inputs.asWeights(network, random), loss, options);
        Graph graph = training.graph();
        ReferenceExecutor reference = new ReferenceExecutor(graph, TrainingGraph.catalog());
        reference.of(graph.value(TrainingGraph.STEP))[0] = 1;
        Value target = graph.value(TrainingGraph.TARGET);
        Inputs.drawTarget(target, network.outputs().get(0).shape(), loss, random, reference.of(target));
        reference.run();
        Execution execution = runFloats(graph, reference);
        List<Error> errors = new ArrayList<>();
        double squares = 0;
        for (Value gradient : training.gradients().values()) {
            squares += squares(reference.of(gradient));
        }
        double least = LEAST_SHARE * Math.sqrt(squares);
        for (Map.Entry<String, Value> gradient : training.gradients().entrySet()) {
            double[] analytic = reference.of(gradient.getValue()).clone();
            FloatRef ref = execution.floats(gradient.getValue());
            double[] floats = new double[analytic.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = ref.array()[ref.offset() + i];
            }
            double error = differences(graph, reference, graph.value(gradient.getKey()), analytic, random, least);
            errors.add(new Error(gradient.getKey(), error, error(analytic, floats, least)));
        }
        return errors;
    }

    private Execution runFloats(Graph graph, ReferenceExecutor reference) {
        Execution execution = new Execution(
                MemoryPlanner.plan(graph, TrainingGraph.catalog()),
                TrainingGraph.catalog(),
                new WeightStore(kernels),
                new States(graph),
                new WorkerTeam(1));
        for (Value input : graph.inputs()) {
            double[] elements = reference.of(input);
            for (int i = 0; i < elements.length; i++) {
                if (input.type() == DType.INT32) {
                    IntRef ref = execution.ints(input);
                    ref.array()[ref.offset() + i] = (int) elements[i];
                } else {
                    FloatRef ref = execution.floats(input);
                    ref.array()[ref.offset() + i] = (float) elements[i];
                }
            }
        }
        execution.run();
        return execution;
    }

    private double differences(
            Graph graph, ReferenceExecutor reference, Value weight, double[] analytic, Random64 random, double least) {
        Value result = graph.value(graph.outputNames().get(TrainingGraph.LOSS));
        List<Node> forward = computing(graph, result);
        double[] w = reference.of(weight);
        int count = Math.min(samples, w.length);
        double[] expected = new double[count];
        double[] found = new double[count];
        for (int i = 0; i < count; i++) {
            int at = count == w.length ? i : random.nextInt(w.length);
            double start = w[at];
            double[] f = new double[5];
            for (int k = -2; k <= 2; k++) {
                w[at] = start + k * STEP;
                for (Node node : k == 0 ? List.<Node>of() : forward) {
                    TrainingGraph.catalog().of(node.attributes()).evaluate(node.attributes(), node, reference);
                }
                f[k + 2] = reference.of(result)[0];
            }
            w[at] = start;
            found[i] = (8 * (f[3] - f[1]) - (f[4] - f[0])) / (12 * STEP);
            expected[i] = analytic[at];
        }
        return error(expected, found, least);
    }

    /** The nodes that a value depends on, in order. */
    private static List<Node> computing(Graph graph, Value result) {
        BitSet wanted = new BitSet();
        wanted.set(result.id());
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(output -> wanted.get(output.id()))) {
                nodes.addFirst(node);
                node.inputs().forEach(input -> wanted.set(input.id()));
            }
        }
        return nodes;
    }

    private static double error(double[] a, double[] b, double least) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        double length = Math.max(Math.sqrt(squares(a)) + Math.sqrt(squares(b)), least);
        return length == 0 ? 0 : Math.sqrt(squares(difference)) / length;
    }

    private static double squares(double[] x) {
        double sum = 0;
        for (double element : x) {
            sum += element * element;
        }
        return sum;
    }
}
