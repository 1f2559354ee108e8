package dev.junco.converter.quantize;

import dev.junco.converter.pass.Product;
import dev.junco.converter.pass.Wiring;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.PadKind;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import java.util.List;

/**
 * Scale and zero point of every activation of the int8 part of a graph. The specification fixes some (probabilities: 1/256 and −128, tanh: 1/128 and 0),
 * ties others together (pooling, reshaping, padding, joining keep the scale of their operands) and leaves the rest to calibration.
 */
final class ActivationScales {
    private static final Quantization PROBABILITY = Quantization.perTensor(1f / 256, -128);
    private static final Quantization LOGARITHM = Quantization.perTensor(1f / 16, 127);
    private static final Quantization TANGENT = Quantization.perTensor(1f / 128, 0);
    /** Beyond these, sigmoid and tanh are closer to their limits than half a step of their int8 result. */
    private static final Range SIGMOID_DOMAIN = new Range(-8, 8);

    private static final Range TANH_DOMAIN = new Range(-4, 4);

    private final Graph graph;
    private final Int8Nodes nodes;
    private final Groups groups;
    private final Quantization[] scales;

    ActivationScales(Graph graph, Int8Nodes nodes, Calibration calibration) {
        this.graph = graph;
        this.nodes = nodes;
        this.groups = new Groups(graph.values().size());
        this.scales = new Quantization[graph.values().size()];
        for (Node node : graph.nodes()) {
            if (nodes.contains(node) && Int8Nodes.keepsScale(node)) {
                groups.join(node.input(0).id(), node.output().id());
            }
        }
        fix();
        joinConcats();
        calibrate(calibration);
    }

    /** Scale and zero point of an input, an activation, or a constant operand. */
    Quantization of(Value value) {
        return scales[groups.root(value.id())];
    }

    /** What the specification fixes. */
    private void fix() {
        for (Node node : graph.nodes()) {
            Quantization fixed = switch (node.attributes()) {
                case SoftmaxAttributes a -> a.log() ? LOGARITHM : PROBABILITY;
                case ActivationAttributes a when a.function() == Activation.SIGMOID -> PROBABILITY;
                case ActivationAttributes a when a.function() == Activation.TANH -> TANGENT;
                default -> null;
            };
            if (fixed != null && nodes.contains(node)) {
                scales[groups.root(node.output().id())] = fixed;
            }
        }
    }

    /** Operands of a concatenation share its scale; those with a fixed scale keep it and are requantised, unless all have the same. */
    private void joinConcats() {
        for (Node node : graph.nodes()) {
            if (!nodes.contains(node) || !(node.attributes() instanceof ConcatAttributes)) {
                continue;
            }
            Quantization common = of(node.input(0));
            boolean allFixed = common != null && node.inputs().stream().allMatch(input -> common.equals(of(input)));
            for (Value input : node.inputs()) {
                if (allFixed || of(input) == null) {
                    joinKeepingScale(input.id(), node.output().id());
                }
            }
        }
    }

    private void joinKeepingScale(int a, int b) {
        Quantization kept = scales[groups.root(a)];
        groups.join(a, b);
        scales[groups.root(a)] = kept;
    }

    private void calibrate(Calibration calibration) {
        Wiring wiring = new Wiring(graph);
        boolean[] exact = new boolean[graph.values().size()];
        boolean[] kept = new boolean[graph.values().size()];
        for (Node node : graph.nodes()) {
            if (nodes.contains(node)) {
                exact[groups.root(node.input(0).id())] |= node.attributes() instanceof SoftmaxAttributes;
                kept[node.output().id()] = Int8Nodes.keepsScale(node);
            }
        }
        graph.outputs().forEach(output -> exact[groups.root(output.id())] = true);
        Range[] ranges = new Range[graph.values().size()];
        for (Value value : nodes.values(graph)) {
            int root = groups.root(value.id());
            if (!kept[value.id()]) {
                boolean whole = exact[root] || value.role() == Role.INPUT;
                Range range = whole ? calibration.extremes(value) : calibration.range(value);
                add(ranges, root, range.within(domain(wiring.soleUser(value))));
            }
        }
        addConstants(ranges);
        for (int i = 0; i < ranges.length; i++) {
            if (ranges[i] != null && scales[i] == null) {
                scales[i] = ranges[i].int8();
            }
        }
    }

    /** The part of a value that its only user can tell apart. */
    private static Range domain(Node user) {
        Activation function =
                user != null && user.attributes() instanceof ActivationAttributes a ? a.function() : Activation.NONE;
        return switch (function) {
            case SIGMOID -> SIGMOID_DOMAIN;
            case TANH -> TANH_DOMAIN;
            default -> new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        };
    }

    /** What int8 nodes add by themselves: constant operands and the value of padding. */
    private void addConstants(Range[] ranges) {
        for (Node node : graph.nodes()) {
            if (!nodes.contains(node)) {
                continue;
            }
            if (node.attributes() instanceof PadAttributes pad && pad.kind() == PadKind.CONSTANT) {
                add(ranges, groups.root(node.output().id()), new Range(pad.value(), pad.value()));
            }
            for (Value input : Product.of(node) == null ? node.inputs() : List.<Value>of()) {
                if (input.isConstant()) {
                    for (float element : input.floats()) {
                        add(ranges, groups.root(input.id()), new Range(element, element));
                    }
                }
            }
        }
    }

    private static void add(Range[] ranges, int root, Range range) {
        ranges[root] = ranges[root] == null ? range : ranges[root].hull(range);
    }
}
