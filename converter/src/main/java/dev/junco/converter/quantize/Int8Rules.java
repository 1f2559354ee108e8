package dev.junco.converter.quantize;

import static dev.junco.converter.quantize.Int8Rule.CALIBRATED;
import static dev.junco.converter.quantize.Int8Rule.LOGARITHM;
import static dev.junco.converter.quantize.Int8Rule.PROBABILITY;
import static dev.junco.converter.quantize.Int8Rule.PRODUCT;
import static dev.junco.converter.quantize.Int8Rule.SHARED;
import static dev.junco.converter.quantize.Int8Rule.UNIT;
import static dev.junco.converter.quantize.Int8Rule.float32;

import dev.junco.converter.pass.Product;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.AttentionAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.BroadcastToAttributes;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.CumSumAttributes;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.graph.attributes.DepthToSpaceAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DetectionPostProcessAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
import dev.junco.runtime.graph.attributes.DynamicRoundAttributes;
import dev.junco.runtime.graph.attributes.FrameAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.GatherNdAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.LogicalAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.NonMaxSuppressionAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import dev.junco.runtime.graph.attributes.OneHotAttributes;
import dev.junco.runtime.graph.attributes.PReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ReverseSequenceAttributes;
import dev.junco.runtime.graph.attributes.RfftAttributes;
import dev.junco.runtime.graph.attributes.RotaryEmbeddingAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScatterKind;
import dev.junco.runtime.graph.attributes.ScatterNdAttributes;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.SpaceToDepthAttributes;
import dev.junco.runtime.graph.attributes.SplitAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.graph.attributes.TileAttributes;
import dev.junco.runtime.graph.attributes.TopKAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The rule of each operator, after the TensorFlow Lite 8-bit specification; a new operator is a line here. What is listed as float32 has no int8 arithmetic in
 * the runtime, or would lose too much by it; the reason is for people.
 */
final class Int8Rules {
    /** The runtime's bound on an int8 depthwise filter: sums stay below 2²⁴. */
    private static final int MOST_DEPTHWISE_CELLS = (1 << 24) / (255 * 128);

    private static final String NO_FORM = "it has no int8 form";
    private static final String OTHER_TYPES = "it does not compute on real numbers";
    private static final String RECURRENT = "its cells would need 16 bits and ranges of every gate";
    private static final String STATISTICS = "sums of squares need more than 8 bits";

    private static final Map<Class<? extends Attributes>, BiFunction<Attributes, Node, Int8Rule>> RULES =
            new HashMap<>();

    static {
        // Products
        add(FullyConnectedAttributes.class, (a, node) -> product(node));
        add(Conv2DAttributes.class, (a, node) -> product(node));
        add(TransposeConv2DAttributes.class, (a, node) -> product(node));
        add(DepthwiseConv2DAttributes.class, (a, node) -> depthwise(node));
        add(MatMulAttributes.class, (a, node) -> clamping(a.activation(), CALIBRATED.thatPays()));
        add(AttentionAttributes.class, float32(NO_FORM));

        // Movement of elements
        add(ReshapeAttributes.class, SHARED);
        add(TransposeAttributes.class, SHARED);
        add(ConcatAttributes.class, SHARED);
        add(SplitAttributes.class, SHARED);
        add(SliceAttributes.class, SHARED);
        add(PadAttributes.class, SHARED);
        add(TileAttributes.class, SHARED);
        add(BroadcastToAttributes.class, SHARED);
        add(GatherAttributes.class, SHARED);
        add(GatherNdAttributes.class, SHARED);
        add(ScatterNdAttributes.class, (a, node) -> scatter(a.kind()));
        add(OneHotAttributes.class, SHARED);
        add(ReverseSequenceAttributes.class, SHARED);
        add(DepthToSpaceAttributes.class, SHARED);
        add(SpaceToDepthAttributes.class, SHARED);
        add(FrameAttributes.class, SHARED);
        add(ResizeAttributes.class, (a, node) -> resize(a));
        add(Pool2DAttributes.class, (a, node) -> pool(a));
        add(GlobalPool2DAttributes.class, SHARED);

        // Functions of single elements, arithmetic, selection
        add(ActivationAttributes.class, (a, node) -> activation(a.function()));
        add(LeakyReluAttributes.class, CALIBRATED);
        add(PReluAttributes.class, CALIBRATED);
        add(UnaryAttributes.class, (a, node) -> isSteep(a.function().kind()) ? CALIBRATED.thatFollows() : CALIBRATED);
        add(BinaryAttributes.class, (a, node) -> clamping(a.activation(), binary(a.kind())));
        add(SelectAttributes.class, SHARED);
        add(CompareAttributes.class, (a, node) -> compare(a.kind()));
        add(LogicalAttributes.class, float32(OTHER_TYPES));
        add(CastAttributes.class, float32("integers are cast as they are, without their scale"));
        add(DropoutAttributes.class, float32("it only matters in training"));

        // Reductions and orders
        add(ReduceAttributes.class, (a, node) -> reduce(a.kind()));
        add(ArgAttributes.class, SHARED.thatFollows().ofWholeRange());
        add(TopKAttributes.class, SHARED.thatFollows().ofWholeRange());
        add(CumSumAttributes.class, float32(NO_FORM));
        add(SoftmaxAttributes.class, (a, node) -> (a.log() ? LOGARITHM : PROBABILITY).ofWholeRange());

        // Normalisation
        add(BatchNormAttributes.class, float32("no layer beside it takes it into its weights"));
        add(NormalizationAttributes.class, (a, node) -> a.kind() == NormalizationKind.L2 ? UNIT : float32(STATISTICS));

        // Recurrent
        add(LstmAttributes.class, float32(RECURRENT));
        add(GruAttributes.class, float32(NO_FORM));
        add(SimpleRnnAttributes.class, float32(NO_FORM));
        add(SvdfAttributes.class, float32(RECURRENT));

        // Signals, positions, detection
        add(RfftAttributes.class, float32(NO_FORM));
        add(RotaryEmbeddingAttributes.class, float32(NO_FORM));
        add(NonMaxSuppressionAttributes.class, float32(NO_FORM));
        add(DetectionPostProcessAttributes.class, float32(NO_FORM));

        // Changes of type
        add(QuantizeAttributes.class, float32("it changes the type itself"));
        add(DequantizeAttributes.class, float32("it changes the type itself"));
        add(DynamicQuantizeAttributes.class, float32("it changes the type itself"));
        add(DynamicRoundAttributes.class, float32("its operand is rounded for each sample anew"));
        add(CustomAttributes.class, float32("only the application knows what it computes"));
    }

    private Int8Rules() {}

    /** The rule of a node's operator with these options and operands. */
    static Int8Rule of(Node node) {
        BiFunction<Attributes, Node, Int8Rule> rule =
                RULES.get(node.attributes().getClass());
        return rule == null ? float32("this converter knows no rule for it") : rule.apply(node.attributes(), node);
    }

    /** Whether the operator of such options stands here. */
    static boolean knows(Class<? extends Attributes> attributesType) {
        return RULES.containsKey(attributesType);
    }

    private static <A extends Attributes> void add(Class<A> type, BiFunction<A, Node, Int8Rule> rule) {
        RULES.put(type, (attributes, node) -> rule.apply(type.cast(attributes), node));
    }

    private static void add(Class<? extends Attributes> type, Int8Rule rule) {
        RULES.put(type, (attributes, node) -> rule);
    }

    private static Int8Rule product(Node node) {
        Product product = Product.of(node);
        return product.isFixed()
                ? clamping(product.activation(), PRODUCT)
                : float32("its weights are computed, int8 weights have to be constant");
    }

    private static Int8Rule depthwise(Node node) {
        return node.input(1).shape().elements(1, 3) <= MOST_DEPTHWISE_CELLS
                ? product(node)
                : float32("its window is too large for exact int8 sums");
    }

    private static Int8Rule clamping(Activation fused, Int8Rule rule) {
        return fused.isClamp() ? rule : float32("the fused " + fused + " is no clamp");
    }

    private static Int8Rule pool(Pool2DAttributes a) {
        boolean unpadded =
                a.padding().mode() == Padding.Mode.VALID || a.padding().equals(Padding.explicit(0, 0, 0, 0));
        return a.countPadding() && !unpadded
                ? float32("int8 pooling does not count padding")
                : clamping(a.activation(), SHARED);
    }

    private static Int8Rule scatter(ScatterKind kind) {
        return switch (kind) {
            case ADD, MULTIPLY -> float32("int8 elements cannot be accumulated");
            case SET, MIN, MAX -> SHARED;
        };
    }

    private static Int8Rule resize(ResizeAttributes a) {
        boolean plain = a.scaleH() == 0
                && a.scaleW() == 0
                && switch (a.coordinates()) {
                    case HALF_PIXEL, ALIGN_CORNERS, ASYMMETRIC -> true;
                    default -> false;
                };
        return switch (a.kind()) {
            case NEAREST -> SHARED;
            case LINEAR -> plain ? SHARED : float32("int8 knows three ways to place pixels, and this is another");
            case CUBIC -> float32(NO_FORM);
        };
    }

    private static Int8Rule activation(Activation function) {
        return switch (function) {
            case SIGMOID -> PROBABILITY;
            case TANH -> UNIT;
            default -> CALIBRATED;
        };
    }

    /** Whether a function magnifies what lies near 0 or 1 so much that 8 bits of its operand are too few, unless there are no more. */
    private static boolean isSteep(ScalarFunction.Kind kind) {
        return switch (kind) {
            case LOG, SQRT, RSQRT, RECIPROCAL, TAN, ACOSH, ATANH -> true;
            default -> false;
        };
    }

    private static Int8Rule binary(BinaryKind kind) {
        return switch (kind) {
            case ADD, SUBTRACT, MULTIPLY, SQUARED_DIFFERENCE -> CALIBRATED;
            case MINIMUM, MAXIMUM -> SHARED;
            case DIVIDE, POWER, FLOOR_DIVIDE, FLOOR_MODULO, REMAINDER, ATAN2 -> float32(NO_FORM);
        };
    }

    private static Int8Rule compare(CompareKind kind) {
        return switch (kind) {
            case EQUAL, NOT_EQUAL -> float32("numbers that differ may be equal in int8");
            default -> CALIBRATED.thatFollows();
        };
    }

    private static Int8Rule reduce(ReduceKind kind) {
        return switch (kind) {
            case SUM, MEAN -> CALIBRATED;
            case MAX, MIN -> SHARED;
            case PRODUCT -> float32("each factor would be rounded to 8 bits again");
            case L1, SUM_OF_SQUARES, L2, LOG_SUM, LOG_SUM_EXP -> float32(NO_FORM);
            case ANY, ALL -> float32(OTHER_TYPES);
        };
    }
}
