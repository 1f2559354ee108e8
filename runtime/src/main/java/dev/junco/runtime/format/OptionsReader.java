package dev.junco.runtime.format;

import dev.junco.runtime.DType;
import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.format.fb.Options;
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
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DetectionPostProcessAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
import dev.junco.runtime.graph.attributes.DynamicRoundAttributes;
import dev.junco.runtime.graph.attributes.FrameAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GateNormalization;
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
import dev.junco.runtime.graph.attributes.PReluAttributes;
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

/**
 * Attributes from their options tables, a line an operator: fields by their slots, with the schema's defaults. A switch and not a map of functions,
 * because each function object would cost a class at the first model that is loaded.
 */
final class OptionsReader {
    private OptionsReader() {}

    /** The attributes of a verified operator. */
    static Attributes read(OperatorDef operator) {
        OptionsTable t = (OptionsTable) operator.options(new OptionsTable());
        return (Attributes) read(operator.optionsType(), t);
    }

    /** Statements and not one switch expression: where its arms meet, the verifier would load every record to see that it is one. */
    private static Object read(byte tag, OptionsTable t) {
        switch (tag) {
            case Options.FullyConnectedOptions:
                return new FullyConnectedAttributes(Codes.activation(t.code(0)));
            case Options.Conv2DOptions:
                return new Conv2DAttributes(
                        t.int32(0, 1),
                        t.int32(1, 1),
                        t.int32(2, 1),
                        t.int32(3, 1),
                        t.padding(4),
                        t.int32(5, 1),
                        Codes.activation(t.code(6)));
            case Options.DepthwiseConv2DOptions:
                return new DepthwiseConv2DAttributes(
                        t.int32(0, 1),
                        t.int32(1, 1),
                        t.int32(2, 1),
                        t.int32(3, 1),
                        t.padding(4),
                        Codes.activation(t.code(5)));
            case Options.Pool2DOptions:
                return new Pool2DAttributes(
                        Codes.pool(t.code(0)),
                        t.int32(1, 1),
                        t.int32(2, 1),
                        t.int32(3, 1),
                        t.int32(4, 1),
                        t.padding(5),
                        t.bool(6),
                        Codes.activation(t.code(7)));
            case Options.GlobalPool2DOptions:
                return new GlobalPool2DAttributes(Codes.pool(t.code(0)), t.bool(1));
            case Options.BinaryOptions:
                return new BinaryAttributes(Codes.binary(t.code(0)), Codes.activation(t.code(1)));
            case Options.ConcatOptions:
                return new ConcatAttributes(t.int32(0, 0));
            case Options.PadOptions:
                return new PadAttributes(t.ints(0), t.ints(1), t.float32(2, 0), Codes.pad(t.code(3)));
            case Options.ReshapeOptions:
                return new ReshapeAttributes(t.ints(0));
            case Options.BatchNormOptions:
                return new BatchNormAttributes(t.float32(0, 0));
            case Options.ActivationOptions:
                return new ActivationAttributes(Codes.activation(t.code(0)));
            case Options.LeakyReluOptions:
                return new LeakyReluAttributes(t.float32(0, 0));
            case Options.SoftmaxOptions:
                return new SoftmaxAttributes(t.float32(0, 1), t.bool(1));
            case Options.QuantizeOptions:
                return new QuantizeAttributes(t.bool(0) ? DType.INT16 : DType.INT8);
            case Options.DequantizeOptions:
                return new DequantizeAttributes();
            case Options.DropoutOptions:
                return new DropoutAttributes(t.float32(0, 0));
            case Options.UnaryOptions:
                return new UnaryAttributes(t.function(0));
            case Options.CompareOptions:
                return new CompareAttributes(Codes.compare(t.code(0)));
            case Options.LogicalOptions:
                return new LogicalAttributes(Codes.logical(t.code(0)));
            case Options.SelectOptions:
                return new SelectAttributes();
            case Options.ReduceOptions:
                return new ReduceAttributes(Codes.reduce(t.code(0)), t.ints(1), t.bool(2));
            case Options.ArgOptions:
                return new ArgAttributes(Codes.extreme(t.code(0)), t.int32(1, 0), t.bool(2), t.bool(3));
            case Options.CumSumOptions:
                return new CumSumAttributes(t.int32(0, 0), t.bool(1), t.bool(2));
            case Options.TransposeOptions:
                return new TransposeAttributes(t.ints(0));
            case Options.SplitOptions:
                return new SplitAttributes(t.int32(0, 0), t.ints(1));
            case Options.SliceOptions:
                return new SliceAttributes(t.ints(0), t.ints(1), t.ints(2));
            case Options.TileOptions:
                return new TileAttributes(t.ints(0));
            case Options.BroadcastToOptions:
                return new BroadcastToAttributes(t.ints(0));
            case Options.GatherOptions:
                return new GatherAttributes(t.int32(0, 0), t.int32(1, 0));
            case Options.GatherNdOptions:
                return new GatherNdAttributes(t.int32(0, 0));
            case Options.ScatterNdOptions:
                return new ScatterNdAttributes(Codes.scatter(t.code(0)));
            case Options.OneHotOptions:
                return new OneHotAttributes(t.int32(0, 0), t.int32(1, 1));
            case Options.ReverseSequenceOptions:
                return new ReverseSequenceAttributes(t.int32(0, 1), t.int32(1, 0));
            case Options.DepthToSpaceOptions:
                return new DepthToSpaceAttributes(t.int32(0, 1), Codes.depthOrder(t.code(1)));
            case Options.SpaceToDepthOptions:
                return new SpaceToDepthAttributes(t.int32(0, 1));
            case Options.ResizeOptions:
                return new ResizeAttributes(
                        Codes.resize(t.code(0)),
                        Codes.coordinate(t.code(1)),
                        Codes.rounding(t.code(2)),
                        t.int32(3, 1),
                        t.int32(4, 1),
                        t.float32(5, 0),
                        t.float32(6, 0));
            case Options.TopKOptions:
                return new TopKAttributes(Codes.extreme(t.code(0)), t.int32(1, 1));
            case Options.MatMulOptions:
                return new MatMulAttributes(t.bool(0), t.bool(1), Codes.activation(t.code(2)));
            case Options.TransposeConv2DOptions:
                return new TransposeConv2DAttributes(
                        t.int32(0, 1),
                        t.int32(1, 1),
                        t.int32(2, 1),
                        t.int32(3, 1),
                        t.int32(4, 0),
                        t.int32(5, 0),
                        t.int32(6, 1),
                        t.int32(7, 1),
                        t.int32(8, 1),
                        Codes.activation(t.code(9)));
            case Options.LstmOptions:
                return new LstmAttributes(
                        t.bool(0),
                        t.bool(1),
                        t.bool(2),
                        t.bool(3),
                        t.bool(4),
                        t.float32(5, 0),
                        t.float32(6, 0),
                        t.function(7),
                        t.function(8),
                        t.function(9),
                        t.float32(10, 0),
                        t.int32(11, 0),
                        new GateNormalization(
                                t.float32(12, 0),
                                t.float32(13, 0),
                                t.float32(14, 0),
                                t.float32(15, 0),
                                t.float32(16, 0)));
            case Options.GruOptions:
                return new GruAttributes(t.bool(0), t.bool(1), t.bool(2), t.function(3), t.function(4));
            case Options.SimpleRnnOptions:
                return new SimpleRnnAttributes(t.bool(0), t.bool(1), t.function(2));
            case Options.SvdfOptions:
                return new SvdfAttributes(t.int32(0, 1), Codes.activation(t.code(1)));
            case Options.NormalizationOptions:
                return new NormalizationAttributes(
                        Codes.normalization(t.code(0)), t.int32(1, 0), t.int32(2, 1), t.float32(3, 0));
            case Options.PReluOptions:
                return new PReluAttributes();
            case Options.CastOptions:
                return new CastAttributes(Codes.type(t.code(0)));
            case Options.DynamicQuantizeOptions:
                return new DynamicQuantizeAttributes();
            case Options.NonMaxSuppressionOptions:
                return new NonMaxSuppressionAttributes(
                        t.int32(0, 1), t.float32(1, 0), t.float32(2, 0), t.float32(3, 0), t.bool(4));
            case Options.DetectionPostProcessOptions:
                return new DetectionPostProcessAttributes(
                        t.int32(0, 1),
                        t.int32(1, 1),
                        t.int32(2, 1),
                        t.bool(3),
                        t.float32(4, 0),
                        t.float32(5, 0),
                        t.int32(6, 1),
                        t.float32(7, 0),
                        t.float32(8, 0),
                        t.float32(9, 0),
                        t.float32(10, 0));
            case Options.AttentionOptions:
                return new AttentionAttributes(t.float32(0, 0), t.bool(1));
            case Options.RotaryEmbeddingOptions:
                return new RotaryEmbeddingAttributes(t.int32(0, 0), t.bool(1));
            case Options.RfftOptions:
                return new RfftAttributes(t.int32(0, 1));
            case Options.FrameOptions:
                return new FrameAttributes(t.int32(0, 1), t.int32(1, 1));
            case Options.CustomOptions:
                return new CustomAttributes(t.string(0), t.int32(1, 0), t.bytes(2));
            case Options.DynamicRoundOptions:
                return new DynamicRoundAttributes(t.bool(0));
            default:
                throw new IllegalArgumentException("no options table has tag " + tag);
        }
    }
}
