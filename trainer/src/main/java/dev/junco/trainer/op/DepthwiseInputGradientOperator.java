package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import dev.junco.runtime.op.WindowGeometry;
import dev.junco.trainer.kernel.ChannelKernels;
import dev.junco.trainer.kernel.TrainingKernels;
import java.util.Arrays;
import java.util.List;

/** {@link DepthwiseInputGradient}. */
final class DepthwiseInputGradientOperator extends Operator<DepthwiseInputGradient> {
    DepthwiseInputGradientOperator() {
        super(DepthwiseInputGradient.class, "DepthwiseInputGradient");
    }

    @Override
    public List<TensorSpec> infer(DepthwiseInputGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        return List.of(TensorSpec.float32(attributes.shape()));
    }

    @Override
    public long multiplyAdds(DepthwiseInputGradient attributes, Node node) {
        return (long) node.input(0).shape().elements() * node.input(1).shape().elements(1, 3);
    }

    static WindowGeometry geometry(DepthwiseConv2DAttributes a, Shape x, Shape w) {
        return WindowGeometry.of(
                x, w.dim(1), w.dim(2), a.strideH(), a.strideW(), a.dilationH(), a.dilationW(), a.padding());
    }

    @Override
    public void bind(DepthwiseInputGradient attributes, Node node, Binding binding) {
        Shape w = node.input(1).shape();
        WindowGeometry g = geometry(attributes.convolution(), attributes.shape(), w);
        binding.add(new Spread(
                g,
                w.dim(3) / g.channels(),
                binding.floats(node.input(0)),
                binding.floats(node.input(1)),
                binding.floats(node.output())));
    }

    /** dx += dz · w along each run of windows that a filter cell meets; a unit is an image. */
    private static final class Spread extends Step {
        private final ChannelKernels kernels = TrainingKernels.fastest().channel();
        private final WindowGeometry g;
        private final int multiplier;
        private final FloatRef dz;
        private final FloatRef w;
        private final FloatRef dx;

        Spread(WindowGeometry g, int multiplier, FloatRef dz, FloatRef w, FloatRef dx) {
            super((long) g.batch()
                    * g.outputHeight()
                    * g.outputWidth()
                    * g.channels()
                    * multiplier
                    * g.kernelHeight()
                    * g.kernelWidth());
            this.g = g;
            this.multiplier = multiplier;
            this.dz = dz;
            this.w = w;
            this.dx = dx;
        }

        @Override
        public int units() {
            return g.batch();
        }

        @Override
        public void run(int from, int to, int worker) {
            int elements = g.inputHeight() * g.inputWidth() * g.channels();
            for (int image = from; image < to; image++) {
                int at = dx.offset() + image * elements;
                Arrays.fill(dx.array(), at, at + elements, 0f);
                for (int oy = 0; oy < g.outputHeight(); oy++) {
                    for (int cell = 0; cell < g.kernelHeight() * g.kernelWidth(); cell++) {
                        row(image, oy, cell);
                    }
                }
            }
        }

        private void row(int image, int oy, int cell) {
            int first = CellRun.first(g, cell);
            int count = CellRun.end(g, cell) - first;
            int pixel = CellRun.pixel(g, image, oy, first, cell);
            if (pixel < 0 || count <= 0) {
                return;
            }
            int units = g.channels() * multiplier;
            int from = dz.offset() + ((image * g.outputHeight() + oy) * g.outputWidth() + first) * units;
            int into = dx.offset() + pixel * g.channels();
            int stride = g.strideW() * g.channels();
            int filter = w.offset() + cell * units;
            if (multiplier == 1) {
                kernels.addScaledRows(
                        dz.array(), from, units, w.array(), filter, dx.array(), into, stride, count, units);
                return;
            }
            for (int i = 0; i < count; i++) {
                for (int u = 0; u < units; u++) {
                    int at = into + i * stride + u / multiplier;
                    dx.array()[at] = Math.fma(dz.array()[from + i * units + u], w.array()[filter + u], dx.array()[at]);
                }
            }
        }
    }

    @Override
    public void evaluate(DepthwiseInputGradient attributes, Node node, Doubles values) {
        Shape ws = node.input(1).shape();
        WindowGeometry g = geometry(attributes.convolution(), attributes.shape(), ws);
        double[] dz = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] dx = values.of(node.output());
        int units = ws.dim(3);
        Arrays.fill(dx, 0);
        for (int i = 0; i < dz.length; i++) {
            int channel = i % units / (units / g.channels());
            for (int cell = 0; cell < ws.elements(1, 3); cell++) {
                int pixel = Windows.pixel(g, i / units, cell);
                if (pixel >= 0) {
                    dx[pixel * g.channels() + channel] += dz[i] * w[cell * units + i % units];
                }
            }
        }
    }
}
