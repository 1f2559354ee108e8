package dev.junco.converter.quantize;

import dev.junco.converter.pass.Wiring;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.PadKind;
import java.util.List;

/**
 * Scale and zero point of every activation of the int8 part of a graph. The specification fixes some (probabilities: 1/256 and −128, tanh: 1/128 and 0),
 * ties others together (where elements move or are picked) and leaves the rest to calibration.
 */
final class ActivationScales {
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
        for (Node node : nodes.inOrder()) {
            Quantization fixed = nodes.rule(node).scale().fixed();
            if (fixed != null) {
                Int8Nodes.results(node).forEach(result -> scales[result.id()] = fixed);
            } else if (nodes.sharesScale(node)) {
                share(node);
            }
        }
        calibrate(calibration);
    }

    /** Scale and zero point of an input, an activation, or a constant operand that shares no scale with others. */
    Quantization of(Value value) {
        return scales[groups.root(value.id())];
    }

    /** The scale in which a node takes an operand. */
    Quantization of(Node node, Value operand) {
        List<Value> results = Int8Nodes.results(node);
        return nodes.sharesScale(node) && !results.isEmpty() ? of(results.get(0)) : of(operand);
    }

    /**
     * Results take the scale of their operands; an operand whose scale is fixed keeps it and is requantised, unless all have the same. Constants join nothing:
     * each use may have another scale.
     */
    private void share(Node node) {
        List<Value> results = Int8Nodes.results(node);
        List<Value> operands = Int8Nodes.operands(node).stream()
                .filter(operand -> !operand.isConstant())
                .toList();
        for (Value result : results) {
            groups.join(result.id(), results.get(0).id());
        }
        Quantization common = operands.isEmpty() ? null : of(operands.get(0));
        boolean allFixed = common != null
                && operands.size() == Int8Nodes.operands(node).size()
                && operands.stream().allMatch(operand -> common.equals(of(operand)));
        for (Value operand : results.isEmpty() ? List.<Value>of() : operands) {
            if (allFixed || of(operand) == null) {
                joinKeepingScale(operand.id(), results.get(0).id());
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
        for (Node node : nodes.inOrder()) {
            List<Value> operands = Int8Nodes.operands(node);
            if (nodes.rule(node).exact()) {
                operands.forEach(operand -> exact[groups.root(operand.id())] = true);
            }
            if (nodes.sharesScale(node) && operands.size() == 1) {
                Int8Nodes.results(node).forEach(result -> kept[result.id()] = true);
            }
        }
        graph.outputs().forEach(output -> exact[groups.root(output.id())] = true);
        Range[] ranges = new Range[graph.values().size()];
        for (Value value : nodes.values()) {
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
        for (Node node : nodes.inOrder()) {
            if (node.attributes() instanceof PadAttributes pad
                    && pad.kind() == PadKind.CONSTANT
                    && Float.isFinite(pad.value())) {
                add(ranges, groups.root(node.output().id()), new Range(pad.value(), pad.value()));
            }
            // Of a minimum or maximum, what lies beyond the range of the result is clipped and picked no more than
            // before.
            boolean clips = nodes.sharesScale(node) && node.attributes() instanceof BinaryAttributes;
            for (Value operand : Int8Nodes.operands(node)) {
                if (operand.isConstant() && !clips) {
                    Value holder =
                            nodes.sharesScale(node) ? Int8Nodes.results(node).get(0) : operand;
                    for (float element : operand.floats()) {
                        add(ranges, groups.root(holder.id()), new Range(element, element));
                    }
                }
            }
        }
    }

    private static void add(Range[] ranges, int root, Range range) {
        ranges[root] = ranges[root] == null ? range : ranges[root].hull(range);
    }
}
