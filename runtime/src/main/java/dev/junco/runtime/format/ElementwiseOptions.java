package dev.junco.runtime.format;

import dev.junco.runtime.format.fb.ActivationOptions;
import dev.junco.runtime.format.fb.BatchNormOptions;
import dev.junco.runtime.format.fb.BinaryOptions;
import dev.junco.runtime.format.fb.DequantizeOptions;
import dev.junco.runtime.format.fb.DropoutOptions;
import dev.junco.runtime.format.fb.LeakyReluOptions;
import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.format.fb.QuantizeOptions;
import dev.junco.runtime.format.fb.SoftmaxOptions;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;

/** Options of operators that work on each element, or on each row. */
final class ElementwiseOptions {
    private ElementwiseOptions() {}

    static int write(FlatBufferBuilder builder, BinaryAttributes a) {
        return BinaryOptions.createBinaryOptions(
                builder, a.kind().ordinal(), a.activation().ordinal());
    }

    static Attributes binary(OperatorDef operator) {
        BinaryOptions o = (BinaryOptions) operator.options(new BinaryOptions());
        return new BinaryAttributes(Codes.binary(o.kind()), Codes.activation(o.activation()));
    }

    static int write(FlatBufferBuilder builder, BatchNormAttributes a) {
        return BatchNormOptions.createBatchNormOptions(builder, a.epsilon());
    }

    static Attributes batchNorm(OperatorDef operator) {
        BatchNormOptions o = (BatchNormOptions) operator.options(new BatchNormOptions());
        return new BatchNormAttributes(o.epsilon());
    }

    static int write(FlatBufferBuilder builder, ActivationAttributes a) {
        return ActivationOptions.createActivationOptions(builder, a.function().ordinal());
    }

    static Attributes activation(OperatorDef operator) {
        ActivationOptions o = (ActivationOptions) operator.options(new ActivationOptions());
        return new ActivationAttributes(Codes.activation(o.function()));
    }

    static int write(FlatBufferBuilder builder, LeakyReluAttributes a) {
        return LeakyReluOptions.createLeakyReluOptions(builder, a.alpha());
    }

    static Attributes leakyRelu(OperatorDef operator) {
        LeakyReluOptions o = (LeakyReluOptions) operator.options(new LeakyReluOptions());
        return new LeakyReluAttributes(o.alpha());
    }

    static int write(FlatBufferBuilder builder, SoftmaxAttributes a) {
        return SoftmaxOptions.createSoftmaxOptions(builder, a.beta());
    }

    static Attributes softmax(OperatorDef operator) {
        SoftmaxOptions o = (SoftmaxOptions) operator.options(new SoftmaxOptions());
        return new SoftmaxAttributes(o.beta());
    }

    static int write(FlatBufferBuilder builder, DropoutAttributes a) {
        return DropoutOptions.createDropoutOptions(builder, a.rate());
    }

    static Attributes dropout(OperatorDef operator) {
        DropoutOptions o = (DropoutOptions) operator.options(new DropoutOptions());
        return new DropoutAttributes(o.rate());
    }

    static int write(FlatBufferBuilder builder, QuantizeAttributes a) {
        QuantizeOptions.startQuantizeOptions(builder);
        return QuantizeOptions.endQuantizeOptions(builder);
    }

    static int write(FlatBufferBuilder builder, DequantizeAttributes a) {
        DequantizeOptions.startDequantizeOptions(builder);
        return DequantizeOptions.endDequantizeOptions(builder);
    }
}
