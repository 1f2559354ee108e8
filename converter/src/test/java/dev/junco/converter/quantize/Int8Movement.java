package dev.junco.converter.quantize;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BroadcastToAttributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.DepthOrder;
import dev.junco.runtime.graph.attributes.DepthToSpaceAttributes;
import dev.junco.runtime.graph.attributes.FrameAttributes;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.GatherNdAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.OneHotAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ResizeKind;
import dev.junco.runtime.graph.attributes.ReverseSequenceAttributes;
import dev.junco.runtime.graph.attributes.RoundingKind;
import dev.junco.runtime.graph.attributes.ScatterKind;
import dev.junco.runtime.graph.attributes.ScatterNdAttributes;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import dev.junco.runtime.graph.attributes.SpaceToDepthAttributes;
import dev.junco.runtime.graph.attributes.SplitAttributes;
import dev.junco.runtime.graph.attributes.TileAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import java.util.List;

/** Uses of operators that move or repeat elements, or mix neighbours. */
final class Int8Movement {
    private Int8Movement() {}

    static List<Int8Case> cases() {
        return List.of(
                Int8Case.of(30, new ReshapeAttributes(List.of(6, 24))),
                Int8Case.of(30, new TransposeAttributes(List.of(0, 3, 1, 2))),
                Int8Case.one(
                        "Concat",
                        25,
                        (net, x) -> net.add("node", new ConcatAttributes(3), x, Int8Case.constant(net, 1, 6, 6, 2))),
                new Int8Case(
                        "Split",
                        25,
                        (net, x) -> net.builder
                                .addAll("node", new SplitAttributes(3, List.of(1, 2, 1)), x)
                                .outputs()),
                Int8Case.of(25, new SliceAttributes(List.of(0, 5, 1, 0), List.of(1, 3, 4, 4), List.of(1, -2, 1, 1))),
                Int8Case.of(28, new PadAttributes(List.of(0, 1, 1, 0), List.of(0, 0, 2, 0), 0.5f)),
                Int8Case.of(30, new TileAttributes(List.of(1, 2, 1, 3))),
                Int8Case.of(30, new BroadcastToAttributes(List.of(2, 6, 6, 4))),
                Int8Case.one(
                        "Gather",
                        28,
                        (net, x) -> net.add(
                                "node",
                                new GatherAttributes(3, 0),
                                x,
                                Int8Case.ints(net, "indices", Shape.of(3), 3, 0, 9))),
                // Of two classes that are nearly the same, int8 may choose the other one.
                Int8Case.one(
                        "Gather from a table",
                        10,
                        (net, x) -> net.dense(
                                "dense",
                                net.add(
                                        "node",
                                        new GatherAttributes(0, 0),
                                        Int8Case.constant(net, 4, 8),
                                        Int8Case.classes(net, x)),
                                6,
                                Activation.NONE)),
                Int8Case.one(
                        "GatherNd",
                        25,
                        (net, x) -> net.add(
                                "node",
                                new GatherNdAttributes(0),
                                x,
                                Int8Case.ints(net, "indices", Shape.of(2, 3), 0, 1, 1, 0, 5, 2))),
                Int8Case.one(
                        "ScatterNd",
                        28,
                        (net, x) -> net.add(
                                "node",
                                new ScatterNdAttributes(ScatterKind.SET),
                                x,
                                Int8Case.ints(net, "indices", Shape.of(1, 3), 0, 2, 3),
                                net.builder.constant("updates", Shape.of(1, 4), 1, -1, 0.5f, 2))),
                Int8Case.one(
                        "OneHot",
                        10,
                        (net, x) -> net.dense(
                                "dense",
                                net.add(
                                        "node",
                                        new OneHotAttributes(3, 4),
                                        Int8Case.classes(net, x),
                                        net.builder.constant("on", Shape.of(), 0.9f),
                                        net.builder.constant("off", Shape.of(), -0.1f)),
                                6,
                                Activation.NONE)),
                Int8Case.one(
                        "ReverseSequence",
                        30,
                        (net, x) -> net.add(
                                "node",
                                new ReverseSequenceAttributes(1, 0),
                                Int8Case.pixels(net, x),
                                Int8Case.ints(net, "lengths", Shape.of(1), 20))),
                Int8Case.of(30, new DepthToSpaceAttributes(2, DepthOrder.DEPTH_LAST)),
                Int8Case.of(30, new SpaceToDepthAttributes(2)),
                Int8Case.one(
                        "Frame",
                        30,
                        (net, x) -> net.add(
                                "node", new FrameAttributes(16, 8), net.add("flat", ReshapeAttributes.FLATTEN, x))),
                Int8Case.of(30, resize(ResizeKind.NEAREST, CoordinateKind.ASYMMETRIC)),
                Int8Case.of(28, resize(ResizeKind.LINEAR, CoordinateKind.HALF_PIXEL)),
                Int8Case.of(28, resize(ResizeKind.LINEAR, CoordinateKind.ALIGN_CORNERS)),
                Int8Case.of(
                        28, new Pool2DAttributes(PoolKind.AVERAGE, 2, 2, 2, 2, Padding.SAME, false, Activation.NONE)),
                Int8Case.of(30, new Pool2DAttributes(PoolKind.MAX, 3, 3, 1, 1, Padding.VALID, false, Activation.RELU)),
                Int8Case.of(20, new GlobalPool2DAttributes(PoolKind.AVERAGE, false)));
    }

    private static ResizeAttributes resize(ResizeKind kind, CoordinateKind coordinates) {
        return new ResizeAttributes(kind, coordinates, RoundingKind.FLOOR, 9, 13, 0, 0);
    }
}
