package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Conv2DOperator;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.WindowGeometry;
import java.util.Arrays;
import java.util.List;

/** {@link Conv2DInputGradient}. */
final class Conv2DInputGradientOperator extends Operator<Conv2DInputGradient> {
    Conv2DInputGradientOperator() {
        super(Conv2DInputGradient.class, "Conv2DInputGradient");
    }

    @Override
    public List<TensorSpec> infer(Conv2DInputGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 3);
        return List.of(TensorSpec.float32(attributes.shape()));
    }

    @Override
    public long multiplyAdds(Conv2DInputGradient attributes, Node node) {
        return (long) node.input(0).shape().elements() * node.input(1).shape().elements(1, 4);
    }

    private static WindowGeometry geometry(Conv2DInputGradient attributes, Node node) {
        return Conv2DOperator.geometry(
                attributes.convolution(), attributes.shape(), node.input(1).shape());
    }

    @Override
    public int[] scratch(Conv2DInputGradient attributes, Node node) {
        int filters = node.input(1).shape().elements();
        int padded = new TransposedConvolution(
                        geometry(attributes, node), node.input(0).shape().dim(3))
                .paddedElements();
        return padded > 0 ? new int[] {filters, padded} : new int[] {filters};
    }

    @Override
    public void bind(Conv2DInputGradient attributes, Node node, Binding binding) {
        new TransposedConvolution(
                        geometry(attributes, node), node.input(0).shape().dim(3))
                .bind(attributes, node, binding);
    }

    @Override
    public void evaluate(Conv2DInputGradient attributes, Node node, Doubles values) {
        WindowGeometry g = geometry(attributes, node);
        double[] dz = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] dx = values.of(node.output());
        Arrays.fill(dx, 0);
        int units = node.input(1).shape().dim(0);
        int channels = node.input(1).shape().dim(3);
        int unitsOfGroup = units / attributes.convolution().groups();
        for (int i = 0; i < dz.length; i++) {
            int unit = i % units;
            for (int cell = 0; cell < g.kernelHeight() * g.kernelWidth(); cell++) {
                int pixel = Windows.pixel(g, i / units, cell);
                int filter = (unit * g.kernelHeight() * g.kernelWidth() + cell) * channels;
                for (int c = 0; pixel >= 0 && c < channels; c++) {
                    dx[pixel * g.channels() + unit / unitsOfGroup * channels + c] += dz[i] * w[filter + c];
                }
            }
        }
        for (int i = 0; attributes.through() != Activation.NONE && i < dx.length; i++) {
            dx[i] *= Slopes.of(attributes.through(), values.of(node.input(2))[i]);
        }
    }
}
