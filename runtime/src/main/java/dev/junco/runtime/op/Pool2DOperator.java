package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import java.util.List;

/** {@link Pool2DAttributes}. */
final class Pool2DOperator extends PoolOperator<Pool2DAttributes> {
    Pool2DOperator() {
        super(Pool2DAttributes.class, "Pool2D");
    }

    @Override
    public String name(Pool2DAttributes attributes) {
        return attributes.kind() == PoolKind.MAX ? "MaxPool2D" : "AveragePool2D";
    }

    @Override
    public List<TensorSpec> infer(Pool2DAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Value x = inputs.get(0);
        requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        requireRank(x, "input", 4, "[batch, height, width, channels]");
        WindowGeometry g = geometry(attributes, x);
        if (g.padTop() >= g.kernelHeight()
                || g.padLeft() >= g.kernelWidth()
                || (g.outputHeight() - 1) * g.strideH() - g.padTop() >= g.inputHeight()
                || (g.outputWidth() - 1) * g.strideW() - g.padLeft() >= g.inputWidth()) {
            throw new GraphException("padding " + attributes.padding() + " makes a window " + attributes.windowH() + "×"
                    + attributes.windowW()
                    + " that lies wholly outside the image; padding has to be smaller than the window");
        }
        return List.of(new TensorSpec(
                x.type(), Shape.of(g.batch(), g.outputHeight(), g.outputWidth(), g.channels()), Quantization.NONE));
    }

    @Override
    WindowGeometry geometry(Pool2DAttributes a, Value x) {
        return WindowGeometry.of(x.shape(), a.windowH(), a.windowW(), a.strideH(), a.strideW(), 1, 1, a.padding());
    }

    @Override
    PoolKind kind(Pool2DAttributes attributes) {
        return attributes.kind();
    }

    @Override
    boolean countPadding(Pool2DAttributes attributes) {
        return attributes.countPadding();
    }

    @Override
    Activation activation(Pool2DAttributes attributes) {
        return attributes.activation();
    }
}
