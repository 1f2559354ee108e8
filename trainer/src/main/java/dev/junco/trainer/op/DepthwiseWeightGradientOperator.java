package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.WindowGeometry;
import java.util.Arrays;
import java.util.List;

/** {@link DepthwiseWeightGradient}. */
final class DepthwiseWeightGradientOperator extends Operator<DepthwiseWeightGradient> {
    DepthwiseWeightGradientOperator() {
        super(DepthwiseWeightGradient.class, "DepthwiseWeightGradient");
    }

    @Override
    public List<TensorSpec> infer(DepthwiseWeightGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        TensorSpec dw = TensorSpec.float32(attributes.shape());
        TensorSpec db = TensorSpec.float32(Shape.of(attributes.shape().dim(3)));
        return attributes.bias() ? List.of(dw, db) : List.of(dw);
    }

    @Override
    public long multiplyAdds(DepthwiseWeightGradient attributes, Node node) {
        return (long) node.input(1).shape().elements() * attributes.shape().elements(1, 3);
    }

    private static WindowGeometry geometry(DepthwiseWeightGradient attributes, Node node) {
        return DepthwiseInputGradientOperator.geometry(
                attributes.convolution(), node.input(0).shape(), attributes.shape());
    }

    /** Each unit is a group of its own, with one filter element a cell. */
    private static FilterSums sums(DepthwiseWeightGradient attributes, Node node) {
        int batch = node.input(0).shape().dim(0);
        return new FilterSums(
                Partition.of(batch, 1),
                attributes.shape().elements(1, 3),
                attributes.shape().dim(3),
                1);
    }

    @Override
    public int[] scratch(DepthwiseWeightGradient attributes, Node node) {
        return new int[] {sums(attributes, node).elements()};
    }

    @Override
    public void bind(DepthwiseWeightGradient attributes, Node node, Binding binding) {
        WindowGeometry g = geometry(attributes, node);
        FilterSums sums = sums(attributes, node);
        FloatRef partial = binding.floatScratch(0);
        binding.add(new DepthwiseSumStep(
                binding, g, sums, binding.floats(node.input(0)), binding.floats(node.input(1)), partial));
        binding.add(new PartSumStep(binding, sums.pixels().parts(), sums.partElements(), partial));
        FloatRef dw = binding.floats(node.output());
        int elements = attributes.shape().elements();
        binding.add(new CopyStep(partial, dw, elements));
        if (attributes.bias()) {
            FloatRef sum = new FloatRef(partial.array(), partial.offset() + elements);
            binding.add(new CopyStep(sum, binding.floats(node.output(1)), sums.units()));
        }
    }

    @Override
    public void evaluate(DepthwiseWeightGradient attributes, Node node, Doubles values) {
        WindowGeometry g = geometry(attributes, node);
        double[] x = values.of(node.input(0));
        double[] dz = values.of(node.input(1));
        double[] dw = values.of(node.output());
        int units = attributes.shape().dim(3);
        Arrays.fill(dw, 0);
        for (int i = 0; i < dz.length; i++) {
            int channel = i % units / (units / g.channels());
            for (int cell = 0; cell < attributes.shape().elements(1, 3); cell++) {
                int pixel = Windows.pixel(g, i / units, cell);
                if (pixel >= 0) {
                    dw[cell * units + i % units] += dz[i] * x[pixel * g.channels() + channel];
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
