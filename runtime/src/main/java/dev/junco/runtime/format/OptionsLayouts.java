package dev.junco.runtime.format;

import static dev.junco.runtime.format.Layout.bool;
import static dev.junco.runtime.format.Layout.bytes;
import static dev.junco.runtime.format.Layout.code;
import static dev.junco.runtime.format.Layout.finite;
import static dev.junco.runtime.format.Layout.float32;
import static dev.junco.runtime.format.Layout.int32;
import static dev.junco.runtime.format.Layout.int32s;
import static dev.junco.runtime.format.Layout.string;
import static dev.junco.runtime.format.Layout.table;

import dev.junco.runtime.format.fb.ActivationCode;
import dev.junco.runtime.format.fb.BinaryCode;
import dev.junco.runtime.format.fb.CompareCode;
import dev.junco.runtime.format.fb.CoordinateCode;
import dev.junco.runtime.format.fb.DepthOrderCode;
import dev.junco.runtime.format.fb.ExtremeCode;
import dev.junco.runtime.format.fb.FunctionCode;
import dev.junco.runtime.format.fb.LogicalCode;
import dev.junco.runtime.format.fb.NormalizationCode;
import dev.junco.runtime.format.fb.Options;
import dev.junco.runtime.format.fb.PadCode;
import dev.junco.runtime.format.fb.PaddingCode;
import dev.junco.runtime.format.fb.PoolCode;
import dev.junco.runtime.format.fb.ReduceCode;
import dev.junco.runtime.format.fb.ResizeCode;
import dev.junco.runtime.format.fb.RoundingCode;
import dev.junco.runtime.format.fb.ScatterCode;
import dev.junco.runtime.format.fb.TypeCode;
import java.util.AbstractList;

/** The options tables of {@code model.fbs} by tag − 1; each is made when a file first needs it, as few files need many. */
final class OptionsLayouts extends AbstractList<Layout> {
    private static final int MAX = Integer.MAX_VALUE;
    private static final int RANK = ModelFormat.MAX_RANK;
    private static final int ACTIVATIONS = ActivationCode.names.length;

    private static final Layout PADDING = Layout.of(
            "PaddingDef",
            code("mode", PaddingCode.names.length),
            int32("top", 0, MAX),
            int32("bottom", 0, MAX),
            int32("left", 0, MAX),
            int32("right", 0, MAX));

    private static final Layout FUNCTION =
            Layout.of("FunctionDef", code("kind", FunctionCode.names.length), finite("alpha"), finite("beta"));

    private final Layout[] made = new Layout[Options.names.length - 1];

    @Override
    public int size() {
        return made.length;
    }

    @Override
    public Layout get(int index) {
        // Two threads may make the same one; either serves.
        if (made[index] == null) {
            made[index] = layout((byte) (index + 1));
        }
        return made[index];
    }

    private static Layout layout(byte tag) {
        return switch (tag) {
            case Options.FullyConnectedOptions -> Layout.of("FullyConnectedOptions", code("activation", ACTIVATIONS));
            case Options.Conv2DOptions ->
                Layout.of(
                        "Conv2DOptions",
                        int32("stride_h", 1, MAX),
                        int32("stride_w", 1, MAX),
                        int32("dilation_h", 1, MAX),
                        int32("dilation_w", 1, MAX),
                        table("padding", PADDING).must(),
                        int32("groups", 1, MAX),
                        code("activation", ACTIVATIONS));
            case Options.DepthwiseConv2DOptions ->
                Layout.of(
                        "DepthwiseConv2DOptions",
                        int32("stride_h", 1, MAX),
                        int32("stride_w", 1, MAX),
                        int32("dilation_h", 1, MAX),
                        int32("dilation_w", 1, MAX),
                        table("padding", PADDING).must(),
                        code("activation", ACTIVATIONS));
            case Options.Pool2DOptions ->
                Layout.of(
                        "Pool2DOptions",
                        code("kind", PoolCode.names.length),
                        int32("window_h", 1, MAX),
                        int32("window_w", 1, MAX),
                        int32("stride_h", 1, MAX),
                        int32("stride_w", 1, MAX),
                        table("padding", PADDING).must(),
                        bool("count_padding"),
                        code("activation", ACTIVATIONS));
            case Options.GlobalPool2DOptions ->
                Layout.of("GlobalPool2DOptions", code("kind", PoolCode.names.length), bool("keep_dims"));
            case Options.BinaryOptions ->
                Layout.of("BinaryOptions", code("kind", BinaryCode.names.length), code("activation", ACTIVATIONS));
            case Options.ConcatOptions -> Layout.of("ConcatOptions", int32("axis", 0, RANK - 1));
            case Options.PadOptions ->
                Layout.of(
                        "PadOptions",
                        int32s("before", RANK, 0, MAX),
                        int32s("after", RANK, 0, MAX),
                        float32("value", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                        code("kind", PadCode.names.length));
            case Options.ReshapeOptions -> Layout.of("ReshapeOptions", int32s("dims", RANK, -1, MAX));
            case Options.BatchNormOptions -> Layout.of("BatchNormOptions", float32("epsilon", 0, Float.MAX_VALUE));
            case Options.ActivationOptions -> Layout.of("ActivationOptions", code("function", ACTIVATIONS));
            case Options.LeakyReluOptions -> Layout.of("LeakyReluOptions", finite("alpha"));
            case Options.SoftmaxOptions -> Layout.of("SoftmaxOptions", finite("beta"), bool("log"));
            case Options.QuantizeOptions -> Layout.of("QuantizeOptions", bool("int16"));
            case Options.DequantizeOptions -> Layout.of("DequantizeOptions");
            case Options.DropoutOptions -> Layout.of("DropoutOptions", float32("rate", 0, Math.nextDown(1f)));
            case Options.UnaryOptions ->
                Layout.of("UnaryOptions", table("function", FUNCTION).must());
            case Options.CompareOptions -> Layout.of("CompareOptions", code("kind", CompareCode.names.length));
            case Options.LogicalOptions -> Layout.of("LogicalOptions", code("kind", LogicalCode.names.length));
            case Options.SelectOptions -> Layout.of("SelectOptions");
            case Options.ReduceOptions ->
                Layout.of(
                        "ReduceOptions",
                        code("kind", ReduceCode.names.length),
                        int32s("axes", RANK, 0, RANK - 1),
                        bool("keep_dims"));
            case Options.ArgOptions ->
                Layout.of(
                        "ArgOptions",
                        code("kind", ExtremeCode.names.length),
                        int32("axis", 0, RANK - 1),
                        bool("keep_dims"),
                        bool("last"));
            case Options.CumSumOptions ->
                Layout.of("CumSumOptions", int32("axis", 0, RANK - 1), bool("exclusive"), bool("reverse"));
            case Options.TransposeOptions -> Layout.of("TransposeOptions", int32s("permutation", RANK, 0, RANK - 1));
            case Options.SplitOptions ->
                Layout.of("SplitOptions", int32("axis", 0, RANK - 1), int32s("sizes", MAX, 1, MAX));
            case Options.SliceOptions ->
                Layout.of(
                        "SliceOptions",
                        int32s("begin", RANK, 0, MAX),
                        int32s("sizes", RANK, -1, MAX),
                        int32s("strides", RANK, -MAX, MAX));
            case Options.TileOptions -> Layout.of("TileOptions", int32s("multiples", RANK, 1, MAX));
            case Options.BroadcastToOptions -> Layout.of("BroadcastToOptions", int32s("dims", RANK, 0, MAX));
            case Options.GatherOptions ->
                Layout.of("GatherOptions", int32("axis", 0, RANK - 1), int32("batch_dims", 0, RANK));
            case Options.GatherNdOptions -> Layout.of("GatherNdOptions", int32("batch_dims", 0, RANK));
            case Options.ScatterNdOptions -> Layout.of("ScatterNdOptions", code("kind", ScatterCode.names.length));
            case Options.OneHotOptions ->
                Layout.of("OneHotOptions", int32("axis", 0, RANK - 1), int32("depth", 1, MAX));
            case Options.ReverseSequenceOptions ->
                Layout.of(
                        "ReverseSequenceOptions",
                        int32("sequence_axis", 0, RANK - 1),
                        int32("batch_axis", 0, RANK - 1));
            case Options.DepthToSpaceOptions ->
                Layout.of("DepthToSpaceOptions", int32("block", 1, 46340), code("order", DepthOrderCode.names.length));
            case Options.SpaceToDepthOptions -> Layout.of("SpaceToDepthOptions", int32("block", 1, 46340));
            case Options.ResizeOptions ->
                Layout.of(
                        "ResizeOptions",
                        code("kind", ResizeCode.names.length),
                        code("coordinates", CoordinateCode.names.length),
                        code("rounding", RoundingCode.names.length),
                        int32("height", 1, MAX),
                        int32("width", 1, MAX),
                        float32("scale_h", 0, Float.MAX_VALUE),
                        float32("scale_w", 0, Float.MAX_VALUE));
            case Options.TopKOptions ->
                Layout.of("TopKOptions", code("kind", ExtremeCode.names.length), int32("k", 1, MAX));
            case Options.MatMulOptions ->
                Layout.of("MatMulOptions", bool("transpose_a"), bool("transpose_b"), code("activation", ACTIVATIONS));
            case Options.TransposeConv2DOptions ->
                Layout.of(
                        "TransposeConv2DOptions",
                        int32("stride_h", 1, MAX),
                        int32("stride_w", 1, MAX),
                        int32("dilation_h", 1, MAX),
                        int32("dilation_w", 1, MAX),
                        int32("top", 0, MAX),
                        int32("left", 0, MAX),
                        int32("height", 1, MAX),
                        int32("width", 1, MAX),
                        int32("groups", 1, MAX),
                        code("activation", ACTIVATIONS));
            case Options.LstmOptions ->
                Layout.of(
                        "LstmOptions",
                        bool("go_backwards"),
                        bool("return_sequences"),
                        bool("peepholes"),
                        bool("projection"),
                        bool("coupled"),
                        float32("cell_clip", 0, Float.MAX_VALUE),
                        float32("projection_clip", 0, Float.MAX_VALUE),
                        table("gate", FUNCTION).must(),
                        table("candidate", FUNCTION).must(),
                        table("output", FUNCTION).must(),
                        float32("hidden_scale", 0, Float.MAX_VALUE),
                        int32("hidden_zero_point", -128, 127),
                        float32("normalization_epsilon", 0, Float.MAX_VALUE),
                        float32("input_scale", 0, Float.MAX_VALUE),
                        float32("forget_scale", 0, Float.MAX_VALUE),
                        float32("candidate_scale", 0, Float.MAX_VALUE),
                        float32("output_scale", 0, Float.MAX_VALUE));
            case Options.GruOptions ->
                Layout.of(
                        "GruOptions",
                        bool("go_backwards"),
                        bool("return_sequences"),
                        bool("reset_after"),
                        table("gate", FUNCTION).must(),
                        table("candidate", FUNCTION).must());
            case Options.SimpleRnnOptions ->
                Layout.of(
                        "SimpleRnnOptions",
                        bool("go_backwards"),
                        bool("return_sequences"),
                        table("function", FUNCTION).must());
            case Options.SvdfOptions ->
                Layout.of("SvdfOptions", int32("rank", 1, MAX), code("activation", ACTIVATIONS));
            case Options.NormalizationOptions ->
                Layout.of(
                        "NormalizationOptions",
                        code("kind", NormalizationCode.names.length),
                        int32("axis", 0, RANK - 1),
                        int32("groups", 1, MAX),
                        float32("epsilon", 0, Float.MAX_VALUE));
            case Options.PReluOptions -> Layout.of("PReluOptions");
            case Options.CastOptions -> Layout.of("CastOptions", code("to", TypeCode.names.length));
            case Options.DynamicQuantizeOptions -> Layout.of("DynamicQuantizeOptions");
            case Options.NonMaxSuppressionOptions ->
                Layout.of(
                        "NonMaxSuppressionOptions",
                        int32("most", 1, MAX),
                        finite("overlap"),
                        float32("score", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                        float32("sigma", 0, Float.MAX_VALUE),
                        bool("centered"));
            case Options.DetectionPostProcessOptions ->
                Layout.of(
                        "DetectionPostProcessOptions",
                        int32("most", 1, MAX),
                        int32("most_classes", 1, MAX),
                        int32("per_class", 1, MAX),
                        bool("regular"),
                        finite("overlap"),
                        float32("score", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                        int32("classes", 1, MAX),
                        finite("scale_y"),
                        finite("scale_x"),
                        finite("scale_h"),
                        finite("scale_w"));
            case Options.AttentionOptions ->
                Layout.of("AttentionOptions", float32("scale", 0, Float.MAX_VALUE), bool("causal"));
            case Options.RotaryEmbeddingOptions ->
                Layout.of("RotaryEmbeddingOptions", int32("dims", 0, MAX), bool("interleaved"));
            case Options.RfftOptions -> Layout.of("RfftOptions", int32("length", 1, 1 << 24));
            case Options.FrameOptions -> Layout.of("FrameOptions", int32("length", 1, MAX), int32("step", 1, MAX));
            case Options.CustomOptions ->
                Layout.of("CustomOptions", string("name").must(), int32("version", 0, MAX), bytes("options"));
            case Options.DynamicRoundOptions -> Layout.of("DynamicRoundOptions", bool("symmetric"));
            default -> throw new IllegalArgumentException("no options table has tag " + tag);
        };
    }
}
