package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.WindowGeometry;
import java.util.Arrays;
import java.util.List;

/** {@link PoolGradient}. */
final class PoolGradientOperator extends Operator<PoolGradient> {
    PoolGradientOperator() {
        super(PoolGradient.class, "PoolGradient");
    }

    @Override
    public List<TensorSpec> infer(PoolGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        return List.of(inputs.get(0).spec());
    }

    static WindowGeometry geometry(PoolGradient a, Shape x) {
        return WindowGeometry.of(x, a.windowH(), a.windowW(), a.strideH(), a.strideW(), 1, 1, a.padding());
    }

    @Override
    public void bind(PoolGradient attributes, Node node, Binding binding) {
        WindowGeometry g = geometry(attributes, node.input(0).shape());
        binding.add(new PoolGradientStep(
                binding,
                attributes,
                g,
                binding.floats(node.input(0)),
                binding.floats(node.input(1)),
                binding.floats(node.output())));
    }

    @Override
    public void evaluate(PoolGradient attributes, Node node, Doubles values) {
        WindowGeometry g = geometry(attributes, node.input(0).shape());
        double[] x = values.of(node.input(0));
        double[] dz = values.of(node.input(1));
        double[] dx = values.of(node.output());
        Arrays.fill(dx, 0);
        int cells = g.kernelHeight() * g.kernelWidth();
        for (int i = 0; i < dz.length; i++) {
            int channel = i % g.channels();
            int largest = -1;
            int inside = 0;
            for (int cell = 0; cell < cells; cell++) {
                int pixel = Windows.pixel(g, i / g.channels(), cell);
                int at = pixel * g.channels() + channel;
                if (pixel >= 0) {
                    inside++;
                    largest = largest < 0 || x[at] > x[largest] ? at : largest;
                }
            }
            if (attributes.kind() == PoolKind.MAX) {
                boolean masked = attributes.through() != Activation.NONE;
                dx[largest] += masked ? dz[i] * Slopes.of(attributes.through(), x[largest]) : dz[i];
                continue;
            }
            for (int cell = 0; cell < cells; cell++) {
                int pixel = Windows.pixel(g, i / g.channels(), cell);
                if (pixel >= 0) {
                    dx[pixel * g.channels() + channel] += dz[i] / (attributes.countPadding() ? cells : inside);
                }
            }
        }
    }
}
