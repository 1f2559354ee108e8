package dev.junco.runtime.format;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.AttentionAttributes;
import dev.junco.runtime.graph.attributes.BroadcastToAttributes;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.CumSumAttributes;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.graph.attributes.DepthOrder;
import dev.junco.runtime.graph.attributes.DepthToSpaceAttributes;
import dev.junco.runtime.graph.attributes.DetectionPostProcessAttributes;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
import dev.junco.runtime.graph.attributes.DynamicRoundAttributes;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import dev.junco.runtime.graph.attributes.FrameAttributes;
import dev.junco.runtime.graph.attributes.GateNormalization;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.GatherNdAttributes;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LogicalAttributes;
import dev.junco.runtime.graph.attributes.LogicalKind;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.NonMaxSuppressionAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import dev.junco.runtime.graph.attributes.OneHotAttributes;
import dev.junco.runtime.graph.attributes.PReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.PadKind;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ResizeKind;
import dev.junco.runtime.graph.attributes.ReverseSequenceAttributes;
import dev.junco.runtime.graph.attributes.RfftAttributes;
import dev.junco.runtime.graph.attributes.RotaryEmbeddingAttributes;
import dev.junco.runtime.graph.attributes.RoundingKind;
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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Attributes records beyond those of {@link Samples}, each with values that differ from all defaults. */
final class MoreSamples {
    private MoreSamples() {}

    static List<Attributes> attributes() {
        List<Attributes> all = new ArrayList<>(List.of(
                new UnaryAttributes(new ScalarFunction(ScalarFunction.Kind.ELU, 0.5f, 0)),
                new CompareAttributes(CompareKind.GREATER),
                new LogicalAttributes(LogicalKind.XOR),
                new SelectAttributes(),
                new ReduceAttributes(ReduceKind.L2, List.of(0, 2), true),
                new ArgAttributes(ExtremeKind.MIN, 1, true, true),
                new CumSumAttributes(1, true, true),
                new TransposeAttributes(List.of(1, 0)),
                new SplitAttributes(1, List.of(1, 2, 3)),
                new SliceAttributes(List.of(1, 2), List.of(-1, 2), List.of(-1, 3)),
                new TileAttributes(List.of(2, 3)),
                new BroadcastToAttributes(List.of(0, 3)),
                new GatherAttributes(2, 1),
                new GatherNdAttributes(1),
                new ScatterNdAttributes(ScatterKind.ADD),
                new OneHotAttributes(1, 5),
                new ReverseSequenceAttributes(2, 1),
                new DepthToSpaceAttributes(2, DepthOrder.DEPTH_FIRST),
                new SpaceToDepthAttributes(3),
                new ResizeAttributes(
                        ResizeKind.CUBIC, CoordinateKind.ALIGN_CORNERS, RoundingKind.CEIL, 4, 5, 2.5f, 1.5f),
                new TopKAttributes(ExtremeKind.MIN, 7),
                new MatMulAttributes(true, true, Activation.RELU6),
                new TransposeConv2DAttributes(2, 3, 4, 5, 6, 7, 8, 9, 10, Activation.RELU),
                new LstmAttributes(
                        true,
                        true,
                        true,
                        true,
                        true,
                        1.5f,
                        2.5f,
                        ScalarFunction.SIGMOID,
                        ScalarFunction.TANH,
                        new ScalarFunction(ScalarFunction.Kind.AFFINE, 2, 3),
                        0.25f,
                        -7,
                        new GateNormalization(1e-8f, 0.5f, 1.5f, 2.5f, 3.5f)),
                new GruAttributes(true, true, true, ScalarFunction.SIGMOID, ScalarFunction.TANH),
                new SimpleRnnAttributes(true, true, ScalarFunction.TANH),
                new SvdfAttributes(2, Activation.RELU),
                new NormalizationAttributes(NormalizationKind.GROUP, 2, 3, 1e-5f),
                new PReluAttributes(),
                new CastAttributes(DType.INT16),
                new DynamicQuantizeAttributes(),
                new NonMaxSuppressionAttributes(9, 0.5f, Float.NEGATIVE_INFINITY, 0.25f, true),
                new DetectionPostProcessAttributes(2, 3, 4, true, 0.5f, 0.25f, 5, 6, 7, 8, 9),
                new AttentionAttributes(0.125f, true),
                new RotaryEmbeddingAttributes(6, true),
                new RfftAttributes(512),
                new FrameAttributes(400, 160),
                new DynamicRoundAttributes(true),
                new CustomAttributes("Föö", 2, ByteBuffer.wrap(new byte[] {1, 2, 3}))));
        for (ScalarFunction.Kind kind : ScalarFunction.Kind.values()) {
            all.add(new UnaryAttributes(new ScalarFunction(kind, 2, -3)));
        }
        for (PadKind kind : PadKind.values()) {
            all.add(new PadAttributes(List.of(1), List.of(2), 3, kind));
        }
        all.add(new SoftmaxAttributes(1, true));
        return all;
    }
}
