package dev.junco.runtime.format;

import dev.junco.runtime.DType;
import dev.junco.runtime.format.fb.Options;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.AttentionAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BroadcastToAttributes;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.CumSumAttributes;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.graph.attributes.DepthToSpaceAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DetectionPostProcessAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
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
import dev.junco.runtime.graph.attributes.OneHotAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ReverseSequenceAttributes;
import dev.junco.runtime.graph.attributes.RfftAttributes;
import dev.junco.runtime.graph.attributes.RotaryEmbeddingAttributes;
import dev.junco.runtime.graph.attributes.ScatterNdAttributes;
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

/** Attributes to their options tables, the mirror of {@link OptionsReader}. */
final class OptionsWriter {
    private OptionsWriter() {}

    /** Offset of a new options table. */
    static int write(FlatBufferBuilder builder, Attributes attributes) {
        TableBuilder t = new TableBuilder(builder);
        switch ((byte) attributes.code()) {
            case Options.FullyConnectedOptions -> LayerOptions.write(t, (FullyConnectedAttributes) attributes);
            case Options.Conv2DOptions -> LayerOptions.write(t, (Conv2DAttributes) attributes);
            case Options.DepthwiseConv2DOptions -> LayerOptions.write(t, (DepthwiseConv2DAttributes) attributes);
            case Options.Pool2DOptions -> write(t, (Pool2DAttributes) attributes);
            case Options.GlobalPool2DOptions -> write(t, (GlobalPool2DAttributes) attributes);
            case Options.BinaryOptions -> write(t, (BinaryAttributes) attributes);
            case Options.ConcatOptions -> write(t, (ConcatAttributes) attributes);
            case Options.PadOptions -> write(t, (PadAttributes) attributes);
            case Options.ReshapeOptions -> write(t, (ReshapeAttributes) attributes);
            case Options.BatchNormOptions -> LayerOptions.write(t, (BatchNormAttributes) attributes);
            case Options.ActivationOptions -> write(t, (ActivationAttributes) attributes);
            case Options.LeakyReluOptions -> write(t, (LeakyReluAttributes) attributes);
            case Options.SoftmaxOptions -> write(t, (SoftmaxAttributes) attributes);
            case Options.DropoutOptions -> LayerOptions.write(t, (DropoutAttributes) attributes);
            case Options.UnaryOptions -> write(t, (UnaryAttributes) attributes);
            case Options.CompareOptions -> write(t, (CompareAttributes) attributes);
            case Options.LogicalOptions -> write(t, (LogicalAttributes) attributes);
            case Options.ReduceOptions -> write(t, (ReduceAttributes) attributes);
            case Options.ArgOptions -> write(t, (ArgAttributes) attributes);
            case Options.CumSumOptions -> write(t, (CumSumAttributes) attributes);
            case Options.TransposeOptions -> write(t, (TransposeAttributes) attributes);
            case Options.SplitOptions -> write(t, (SplitAttributes) attributes);
            case Options.SliceOptions -> write(t, (SliceAttributes) attributes);
            case Options.TileOptions -> write(t, (TileAttributes) attributes);
            case Options.BroadcastToOptions -> write(t, (BroadcastToAttributes) attributes);
            case Options.GatherOptions -> write(t, (GatherAttributes) attributes);
            case Options.GatherNdOptions -> write(t, (GatherNdAttributes) attributes);
            case Options.ScatterNdOptions -> write(t, (ScatterNdAttributes) attributes);
            case Options.OneHotOptions -> write(t, (OneHotAttributes) attributes);
            case Options.ReverseSequenceOptions -> write(t, (ReverseSequenceAttributes) attributes);
            case Options.DepthToSpaceOptions -> write(t, (DepthToSpaceAttributes) attributes);
            case Options.SpaceToDepthOptions -> write(t, (SpaceToDepthAttributes) attributes);
            case Options.ResizeOptions -> write(t, (ResizeAttributes) attributes);
            case Options.TopKOptions -> write(t, (TopKAttributes) attributes);
            case Options.MatMulOptions -> LayerOptions.write(t, (MatMulAttributes) attributes);
            case Options.TransposeConv2DOptions -> LayerOptions.write(t, (TransposeConv2DAttributes) attributes);
            case Options.LstmOptions -> LayerOptions.write(t, (LstmAttributes) attributes);
            case Options.GruOptions -> LayerOptions.write(t, (GruAttributes) attributes);
            case Options.SimpleRnnOptions -> LayerOptions.write(t, (SimpleRnnAttributes) attributes);
            case Options.SvdfOptions -> LayerOptions.write(t, (SvdfAttributes) attributes);
            case Options.NormalizationOptions -> LayerOptions.write(t, (NormalizationAttributes) attributes);
            case Options.CastOptions -> write(t, (CastAttributes) attributes);
            case Options.NonMaxSuppressionOptions -> write(t, (NonMaxSuppressionAttributes) attributes);
            case Options.DetectionPostProcessOptions -> write(t, (DetectionPostProcessAttributes) attributes);
            case Options.AttentionOptions -> LayerOptions.write(t, (AttentionAttributes) attributes);
            case Options.RotaryEmbeddingOptions -> LayerOptions.write(t, (RotaryEmbeddingAttributes) attributes);
            case Options.RfftOptions -> write(t, (RfftAttributes) attributes);
            case Options.FrameOptions -> write(t, (FrameAttributes) attributes);
            case Options.CustomOptions -> write(t, (CustomAttributes) attributes);
            case Options.DynamicRoundOptions -> t.bool(0, ((DynamicRoundAttributes) attributes).symmetric());
            case Options.QuantizeOptions -> t.bool(0, ((QuantizeAttributes) attributes).type() == DType.INT16);
            case Options.DequantizeOptions,
                    Options.SelectOptions,
                    Options.PReluOptions,
                    Options.DynamicQuantizeOptions -> {}
            default -> throw new IllegalArgumentException("no options table has tag " + attributes.code());
        }
        return t.end();
    }

    private static void write(TableBuilder t, Pool2DAttributes a) {
        t.code(0, a.kind())
                .int32(1, a.windowH(), 1)
                .int32(2, a.windowW(), 1)
                .int32(3, a.strideH(), 1)
                .int32(4, a.strideW(), 1)
                .padding(5, a.padding())
                .bool(6, a.countPadding())
                .code(7, a.activation());
    }

    private static void write(TableBuilder t, GlobalPool2DAttributes a) {
        t.code(0, a.kind()).bool(1, a.keepDims());
    }

    private static void write(TableBuilder t, BinaryAttributes a) {
        t.code(0, a.kind()).code(1, a.activation());
    }

    private static void write(TableBuilder t, ConcatAttributes a) {
        t.int32(0, a.axis(), 0);
    }

    private static void write(TableBuilder t, PadAttributes a) {
        t.ints(0, a.before()).ints(1, a.after()).float32(2, a.value(), 0).code(3, a.kind());
    }

    private static void write(TableBuilder t, ReshapeAttributes a) {
        t.ints(0, a.dims());
    }

    private static void write(TableBuilder t, ActivationAttributes a) {
        t.code(0, a.function());
    }

    private static void write(TableBuilder t, LeakyReluAttributes a) {
        t.float32(0, a.alpha(), 0);
    }

    private static void write(TableBuilder t, SoftmaxAttributes a) {
        t.float32(0, a.beta(), 1).bool(1, a.log());
    }

    private static void write(TableBuilder t, UnaryAttributes a) {
        t.function(0, a.function());
    }

    private static void write(TableBuilder t, CompareAttributes a) {
        t.code(0, a.kind());
    }

    private static void write(TableBuilder t, LogicalAttributes a) {
        t.code(0, a.kind());
    }

    private static void write(TableBuilder t, ReduceAttributes a) {
        t.code(0, a.kind()).ints(1, a.axes()).bool(2, a.keepDims());
    }

    private static void write(TableBuilder t, ArgAttributes a) {
        t.code(0, a.kind()).int32(1, a.axis(), 0).bool(2, a.keepDims()).bool(3, a.last());
    }

    private static void write(TableBuilder t, CumSumAttributes a) {
        t.int32(0, a.axis(), 0).bool(1, a.exclusive()).bool(2, a.reverse());
    }

    private static void write(TableBuilder t, TransposeAttributes a) {
        t.ints(0, a.permutation());
    }

    private static void write(TableBuilder t, SplitAttributes a) {
        t.int32(0, a.axis(), 0).ints(1, a.sizes());
    }

    private static void write(TableBuilder t, SliceAttributes a) {
        t.ints(0, a.begin()).ints(1, a.sizes()).ints(2, a.strides());
    }

    private static void write(TableBuilder t, TileAttributes a) {
        t.ints(0, a.multiples());
    }

    private static void write(TableBuilder t, BroadcastToAttributes a) {
        t.ints(0, a.dims());
    }

    private static void write(TableBuilder t, GatherAttributes a) {
        t.int32(0, a.axis(), 0).int32(1, a.batchDims(), 0);
    }

    private static void write(TableBuilder t, GatherNdAttributes a) {
        t.int32(0, a.batchDims(), 0);
    }

    private static void write(TableBuilder t, ScatterNdAttributes a) {
        t.code(0, a.kind());
    }

    private static void write(TableBuilder t, OneHotAttributes a) {
        t.int32(0, a.axis(), 0).int32(1, a.depth(), 1);
    }

    private static void write(TableBuilder t, ReverseSequenceAttributes a) {
        t.int32(0, a.sequenceAxis(), 1).int32(1, a.batchAxis(), 0);
    }

    private static void write(TableBuilder t, DepthToSpaceAttributes a) {
        t.int32(0, a.block(), 1).code(1, a.order());
    }

    private static void write(TableBuilder t, SpaceToDepthAttributes a) {
        t.int32(0, a.block(), 1);
    }

    private static void write(TableBuilder t, ResizeAttributes a) {
        t.code(0, a.kind())
                .code(1, a.coordinates())
                .code(2, a.rounding())
                .int32(3, a.height(), 1)
                .int32(4, a.width(), 1)
                .float32(5, a.scaleH(), 0)
                .float32(6, a.scaleW(), 0);
    }

    private static void write(TableBuilder t, TopKAttributes a) {
        t.code(0, a.kind()).int32(1, a.k(), 1);
    }

    private static void write(TableBuilder t, CastAttributes a) {
        t.code(0, a.to());
    }

    private static void write(TableBuilder t, NonMaxSuppressionAttributes a) {
        t.int32(0, a.most(), 1)
                .float32(1, a.overlap(), 0)
                .float32(2, a.score(), 0)
                .float32(3, a.sigma(), 0)
                .bool(4, a.centered());
    }

    private static void write(TableBuilder t, DetectionPostProcessAttributes a) {
        t.int32(0, a.most(), 1)
                .int32(1, a.mostClasses(), 1)
                .int32(2, a.perClass(), 1)
                .bool(3, a.regular())
                .float32(4, a.overlap(), 0)
                .float32(5, a.score(), 0)
                .int32(6, a.classes(), 1)
                .float32(7, a.scaleY(), 0)
                .float32(8, a.scaleX(), 0)
                .float32(9, a.scaleH(), 0)
                .float32(10, a.scaleW(), 0);
    }

    private static void write(TableBuilder t, RfftAttributes a) {
        t.int32(0, a.length(), 1);
    }

    private static void write(TableBuilder t, FrameAttributes a) {
        t.int32(0, a.length(), 1).int32(1, a.step(), 1);
    }

    private static void write(TableBuilder t, CustomAttributes a) {
        t.string(0, a.name()).int32(1, a.version(), 0).bytes(2, a.options());
    }
}
