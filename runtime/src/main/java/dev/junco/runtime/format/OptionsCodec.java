package dev.junco.runtime.format;

import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.format.fb.Options;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import java.util.List;

/**
 * Attributes to and from their options tables: three lines for each operator here, its two methods in the class of its family.
 * Switches and not a map of functions, because each function object would cost a class at the first model that is loaded.
 */
final class OptionsCodec {
    private static final String SUFFIX = "Options";

    private OptionsCodec() {}

    /** Tag of the options table for some attributes, 0 if a file cannot hold them. */
    static byte tag(Attributes attributes) {
        return (byte) Math.max(0, Tags.TABLES.indexOf(attributes.getClass()));
    }

    /** Offset of a new options table of type {@code tag}. */
    static int write(FlatBufferBuilder builder, byte tag, Attributes attributes) {
        return switch (tag) {
            case Options.FullyConnectedOptions -> ImageOptions.write(builder, (FullyConnectedAttributes) attributes);
            case Options.Conv2DOptions -> ImageOptions.write(builder, (Conv2DAttributes) attributes);
            case Options.DepthwiseConv2DOptions -> ImageOptions.write(builder, (DepthwiseConv2DAttributes) attributes);
            case Options.Pool2DOptions -> ImageOptions.write(builder, (Pool2DAttributes) attributes);
            case Options.GlobalPool2DOptions -> ImageOptions.write(builder, (GlobalPool2DAttributes) attributes);
            case Options.BinaryOptions -> ElementwiseOptions.write(builder, (BinaryAttributes) attributes);
            case Options.ConcatOptions -> LayoutOptions.write(builder, (ConcatAttributes) attributes);
            case Options.PadOptions -> LayoutOptions.write(builder, (PadAttributes) attributes);
            case Options.ReshapeOptions -> LayoutOptions.write(builder, (ReshapeAttributes) attributes);
            case Options.BatchNormOptions -> ElementwiseOptions.write(builder, (BatchNormAttributes) attributes);
            case Options.ActivationOptions -> ElementwiseOptions.write(builder, (ActivationAttributes) attributes);
            case Options.LeakyReluOptions -> ElementwiseOptions.write(builder, (LeakyReluAttributes) attributes);
            case Options.SoftmaxOptions -> ElementwiseOptions.write(builder, (SoftmaxAttributes) attributes);
            case Options.QuantizeOptions -> ElementwiseOptions.write(builder, (QuantizeAttributes) attributes);
            case Options.DequantizeOptions -> ElementwiseOptions.write(builder, (DequantizeAttributes) attributes);
            case Options.DropoutOptions -> ElementwiseOptions.write(builder, (DropoutAttributes) attributes);
            default -> throw new IllegalArgumentException("no options table has tag " + tag);
        };
    }

    /** The attributes of a verified operator. */
    static Attributes read(OperatorDef operator) {
        return switch (operator.optionsType()) {
            case Options.FullyConnectedOptions -> ImageOptions.fullyConnected(operator);
            case Options.Conv2DOptions -> ImageOptions.conv2D(operator);
            case Options.DepthwiseConv2DOptions -> ImageOptions.depthwiseConv2D(operator);
            case Options.Pool2DOptions -> ImageOptions.pool2D(operator);
            case Options.GlobalPool2DOptions -> ImageOptions.globalPool2D(operator);
            case Options.BinaryOptions -> ElementwiseOptions.binary(operator);
            case Options.ConcatOptions -> LayoutOptions.concat(operator);
            case Options.PadOptions -> LayoutOptions.pad(operator);
            case Options.ReshapeOptions -> LayoutOptions.reshape(operator);
            case Options.BatchNormOptions -> ElementwiseOptions.batchNorm(operator);
            case Options.ActivationOptions -> ElementwiseOptions.activation(operator);
            case Options.LeakyReluOptions -> ElementwiseOptions.leakyRelu(operator);
            case Options.SoftmaxOptions -> ElementwiseOptions.softmax(operator);
            case Options.QuantizeOptions -> new QuantizeAttributes();
            case Options.DequantizeOptions -> new DequantizeAttributes();
            case Options.DropoutOptions -> ElementwiseOptions.dropout(operator);
            default -> throw new IllegalArgumentException("no options table has tag " + operator.optionsType());
        };
    }

    /** Whether this runtime knows the options table with a tag, 0 to 255. */
    static boolean knows(int tag) {
        return tag > 0 && tag < Options.names.length;
    }

    /** The operator's name for people. */
    static String name(byte tag) {
        String table = Options.name(tag);
        return table.substring(0, table.length() - SUFFIX.length());
    }

    /** Attributes by the tag of their table. A class of its own, because only writing needs it. */
    private static final class Tags {
        static final List<Class<?>> TABLES = List.of(
                Void.class, // tag 0 is no table
                FullyConnectedAttributes.class,
                Conv2DAttributes.class,
                DepthwiseConv2DAttributes.class,
                Pool2DAttributes.class,
                GlobalPool2DAttributes.class,
                BinaryAttributes.class,
                ConcatAttributes.class,
                PadAttributes.class,
                ReshapeAttributes.class,
                BatchNormAttributes.class,
                ActivationAttributes.class,
                LeakyReluAttributes.class,
                SoftmaxAttributes.class,
                QuantizeAttributes.class,
                DequantizeAttributes.class,
                DropoutAttributes.class);
    }
}
