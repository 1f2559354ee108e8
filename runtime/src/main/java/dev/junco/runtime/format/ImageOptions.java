package dev.junco.runtime.format;

import dev.junco.runtime.format.fb.Conv2DOptions;
import dev.junco.runtime.format.fb.DepthwiseConv2DOptions;
import dev.junco.runtime.format.fb.FullyConnectedOptions;
import dev.junco.runtime.format.fb.GlobalPool2DOptions;
import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.format.fb.PaddingDef;
import dev.junco.runtime.format.fb.Pool2DOptions;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;

/** Options of matrix products, convolutions and pooling. */
final class ImageOptions {
    private ImageOptions() {}

    static int write(FlatBufferBuilder builder, FullyConnectedAttributes a) {
        return FullyConnectedOptions.createFullyConnectedOptions(
                builder, a.activation().ordinal());
    }

    static Attributes fullyConnected(OperatorDef operator) {
        FullyConnectedOptions o = (FullyConnectedOptions) operator.options(new FullyConnectedOptions());
        return new FullyConnectedAttributes(Codes.activation(o.activation()));
    }

    static int write(FlatBufferBuilder builder, Conv2DAttributes a) {
        int padding = padding(builder, a.padding());
        return Conv2DOptions.createConv2DOptions(
                builder,
                a.strideH(),
                a.strideW(),
                a.dilationH(),
                a.dilationW(),
                padding,
                a.groups(),
                a.activation().ordinal());
    }

    static Attributes conv2D(OperatorDef operator) {
        Conv2DOptions o = (Conv2DOptions) operator.options(new Conv2DOptions());
        return new Conv2DAttributes(
                o.strideH(),
                o.strideW(),
                o.dilationH(),
                o.dilationW(),
                padding(o.padding()),
                o.groups(),
                Codes.activation(o.activation()));
    }

    static int write(FlatBufferBuilder builder, DepthwiseConv2DAttributes a) {
        int padding = padding(builder, a.padding());
        return DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
                builder,
                a.strideH(),
                a.strideW(),
                a.dilationH(),
                a.dilationW(),
                padding,
                a.activation().ordinal());
    }

    static Attributes depthwiseConv2D(OperatorDef operator) {
        DepthwiseConv2DOptions o = (DepthwiseConv2DOptions) operator.options(new DepthwiseConv2DOptions());
        return new DepthwiseConv2DAttributes(
                o.strideH(),
                o.strideW(),
                o.dilationH(),
                o.dilationW(),
                padding(o.padding()),
                Codes.activation(o.activation()));
    }

    static int write(FlatBufferBuilder builder, Pool2DAttributes a) {
        int padding = padding(builder, a.padding());
        return Pool2DOptions.createPool2DOptions(
                builder,
                a.kind().ordinal(),
                a.windowH(),
                a.windowW(),
                a.strideH(),
                a.strideW(),
                padding,
                a.countPadding(),
                a.activation().ordinal());
    }

    static Attributes pool2D(OperatorDef operator) {
        Pool2DOptions o = (Pool2DOptions) operator.options(new Pool2DOptions());
        return new Pool2DAttributes(
                Codes.pool(o.kind()),
                o.windowH(),
                o.windowW(),
                o.strideH(),
                o.strideW(),
                padding(o.padding()),
                o.countPadding(),
                Codes.activation(o.activation()));
    }

    static int write(FlatBufferBuilder builder, GlobalPool2DAttributes a) {
        return GlobalPool2DOptions.createGlobalPool2DOptions(builder, a.kind().ordinal(), a.keepDims());
    }

    static Attributes globalPool2D(OperatorDef operator) {
        GlobalPool2DOptions o = (GlobalPool2DOptions) operator.options(new GlobalPool2DOptions());
        return new GlobalPool2DAttributes(Codes.pool(o.kind()), o.keepDims());
    }

    private static int padding(FlatBufferBuilder builder, Padding p) {
        return PaddingDef.createPaddingDef(builder, p.mode().ordinal(), p.top(), p.bottom(), p.left(), p.right());
    }

    private static Padding padding(PaddingDef p) {
        return new Padding(Codes.padding(p.mode()), p.top(), p.bottom(), p.left(), p.right());
    }
}
