package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Conv2DOperator;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.PadImageStep;
import dev.junco.runtime.op.WindowGeometry;
import java.util.Arrays;
import java.util.List;

/** {@link Conv2DWeightGradient}: an implicit product over the (padded) image. */
final class Conv2DWeightGradientOperator extends Operator<Conv2DWeightGradient> {
    Conv2DWeightGradientOperator() {
        super(Conv2DWeightGradient.class, "Conv2DWeightGradient");
    }

    @Override
    public List<TensorSpec> infer(Conv2DWeightGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        TensorSpec dw = TensorSpec.float32(attributes.shape());
        TensorSpec db = TensorSpec.float32(Shape.of(attributes.shape().dim(0)));
        return attributes.bias() ? List.of(dw, db) : List.of(dw);
    }

    @Override
    public long multiplyAdds(Conv2DWeightGradient attributes, Node node) {
        return (long) node.input(1).shape().elements() * attributes.shape().elements(1, 4);
    }

    private static WindowGeometry geometry(Conv2DWeightGradient attributes, Node node) {
        return Conv2DOperator.geometry(attributes.convolution(), node.input(0).shape(), attributes.shape());
    }

    private static FilterSums sums(Conv2DWeightGradient attributes, Node node) {
        Shape w = attributes.shape();
        int pixels = node.input(1).shape().elements(0, 3);
        return FilterSums.of(
                pixels, w.elements(1, 4), w.dim(0), attributes.convolution().groups());
    }

    @Override
    public int[] scratch(Conv2DWeightGradient attributes, Node node) {
        int partial = sums(attributes, node).elements();
        WindowGeometry g = geometry(attributes, node);
        return g.needsPadding() ? new int[] {partial, g.paddedElements()} : new int[] {partial};
    }

    @Override
    public void bind(Conv2DWeightGradient attributes, Node node, Binding binding) {
        WindowGeometry g = geometry(attributes, node);
        FloatRef image = binding.floats(node.input(0));
        if (g.needsPadding()) {
            image = binding.floatScratch(1);
            binding.add(new PadImageStep(g, binding.floats(node.input(0)), image));
        }
        FilterSums sums = sums(attributes, node);
        FloatRef partial = binding.floatScratch(0);
        FloatRef dz = binding.floats(node.input(1));
        int groups = attributes.convolution().groups();
        int channels = attributes.shape().dim(3);
        RowSource[] rows = new RowSource[groups];
        for (int group = 0; group < groups; group++) {
            rows[group] = Conv2DOperator.rows(
                    g,
                    image,
                    group * channels,
                    channels,
                    attributes.convolution().dilationW());
        }
        FloatRef dw = binding.floats(node.output(0));
        FloatRef db = attributes.bias() ? binding.floats(node.output(1)) : null;
        binding.add(new FilterProductStep(binding, sums, rows, dz, partial));
        binding.add(new FilterCollectStep(binding, sums, partial, dw, db));
    }

    @Override
    public void evaluate(Conv2DWeightGradient attributes, Node node, Doubles values) {
        WindowGeometry g = geometry(attributes, node);
        double[] x = values.of(node.input(0));
        double[] dz = values.of(node.input(1));
        double[] dw = values.of(node.output());
        Arrays.fill(dw, 0);
        int units = attributes.shape().dim(0);
        int channels = attributes.shape().dim(3);
        int unitsOfGroup = units / attributes.convolution().groups();
        for (int i = 0; i < dz.length; i++) {
            int unit = i % units;
            for (int tap = 0; tap < g.kernelHeight() * g.kernelWidth(); tap++) {
                int pixel = Windows.pixel(g, i / units, tap);
                int filter = (unit * g.kernelHeight() * g.kernelWidth() + tap) * channels;
                for (int c = 0; pixel >= 0 && c < channels; c++) {
                    dw[filter + c] += dz[i] * x[pixel * g.channels() + unit / unitsOfGroup * channels + c];
                }
            }
        }
        if (attributes.bias()) {
            double[] db = values.of(node.output(1));
            Arrays.fill(db, 0);
            for (int i = 0; i < dz.length; i++) {
                db[i % units] += dz[i];
            }
        }
    }
}
