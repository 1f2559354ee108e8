package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.PoolKind;
import java.util.List;

/** {@link GlobalPool2DAttributes}: one window as large as the image. */
final class GlobalPool2DOperator extends PoolOperator<GlobalPool2DAttributes> {
    GlobalPool2DOperator() {
        super(GlobalPool2DAttributes.class, "GlobalPool2D");
    }

    @Override
    public String name(GlobalPool2DAttributes attributes) {
        return attributes.kind() == PoolKind.MAX ? "GlobalMaxPool2D" : "GlobalAveragePool2D";
    }

    @Override
    public List<TensorSpec> infer(GlobalPool2DAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Value x = inputs.get(0);
        requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        requireRank(x, "input", 4, "[batch, height, width, channels]");
        int batch = x.shape().dim(0);
        int channels = x.shape().dim(3);
        Shape result = attributes.keepDims() ? Shape.of(batch, 1, 1, channels) : Shape.of(batch, channels);
        return List.of(new TensorSpec(x.type(), result, Quantization.NONE));
    }

    @Override
    WindowGeometry geometry(GlobalPool2DAttributes attributes, Value x) {
        return WindowGeometry.of(x.shape(), x.shape().dim(1), x.shape().dim(2), 1, 1, 1, 1, Padding.VALID);
    }

    @Override
    PoolKind kind(GlobalPool2DAttributes attributes) {
        return attributes.kind();
    }

    @Override
    boolean countPadding(GlobalPool2DAttributes attributes) {
        return false;
    }

    @Override
    Activation activation(GlobalPool2DAttributes attributes) {
        return Activation.NONE;
    }
}
