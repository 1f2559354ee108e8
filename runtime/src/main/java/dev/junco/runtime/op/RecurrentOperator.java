package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.RowSource;
import java.util.List;

/**
 * What recurrent operators share: operands 0 to 3 are x {@code [batch, time, features]}, w {@code [gates · units, features]}, r {@code [gates ·
 * units, outputs]} and bias {@code [gates · units]}. The input's share of the gates, bias + W x, is one product for all times.
 */
abstract class RecurrentOperator<A extends Attributes> extends Operator<A> {
    private final int gates;

    RecurrentOperator(Class<A> attributesType, String name, int gates) {
        super(attributesType, name);
        this.gates = gates;
    }

    /** Checks operands 0 to 3; the shape of h is {@code [batch, outputs]}. */
    final void checkWeights(List<Value> inputs, DType... types) {
        Value x = inputs.get(0);
        Value w = inputs.get(1);
        requireType(x, "input", types);
        requireRank(x, "input", 3, "[batch, time, features]");
        requireType(w, "weights", x.type());
        requireRank(w, "weights", 2, "[" + gates + " · units, features]");
        if (w.shape().dim(0) % gates != 0 || w.shape().dim(1) != x.shape().dim(2)) {
            throw new GraphException("weights '" + w.name() + "' have shape " + w.shape() + ", expected [" + gates
                    + " · units, " + x.shape().dim(2) + "] for input '" + x.name() + "' of shape " + x.shape());
        }
        Value r = inputs.get(2);
        requireRank(r, "recurrent weights", 2, "[" + gates + " · units, outputs]");
        require(r, "recurrent weights", x.type(), w.shape().dim(0), r.shape().dim(1));
        require(
                inputs.get(3),
                "bias",
                x.type() == DType.INT8 ? DType.INT32 : DType.FLOAT32,
                w.shape().dim(0));
        long share = (long) x.shape().dim(0) * x.shape().dim(1) * w.shape().dim(0);
        if (share > Integer.MAX_VALUE) {
            throw new GraphException("input '" + x.name() + "' of shape " + x.shape() + " and weights '" + w.name()
                    + "' of shape " + w.shape() + " make gates of " + share
                    + " elements for all times, expected at most 2^31-1. Run the sequence in pieces");
        }
    }

    /** Throws unless a value has a type and a shape. */
    static void require(Value value, String role, DType type, int... dims) {
        requireType(value, role, type);
        Shape expected = Shape.of(dims);
        if (!value.shape().equals(expected)) {
            throw new GraphException(
                    role + " '" + value.name() + "' has shape " + value.shape() + ", expected " + expected);
        }
    }

    final int units(List<Value> inputs) {
        return inputs.get(1).shape().dim(0) / gates;
    }

    /** y, of every time or of the last one. */
    static TensorSpec result(List<Value> inputs, boolean sequences, int outputs) {
        Shape x = inputs.get(0).shape();
        Shape shape = sequences ? Shape.of(x.dim(0), x.dim(1), outputs) : Shape.of(x.dim(0), outputs);
        return new TensorSpec(inputs.get(0).type(), shape, dev.junco.runtime.Quantization.NONE);
    }

    @Override
    public long multiplyAdds(A attributes, Node node) {
        Shape x = node.input(0).shape();
        long all = 0;
        for (Value operand : node.inputs()) {
            boolean weights = operand.isConstant() && operand.shape().rank() == 2;
            all += weights ? operand.shape().elements() : 0;
        }
        return all * x.dim(0) * x.dim(1);
    }

    /** Elements of the input's share of the gates. */
    final int inputShare(Node node) {
        Shape x = node.input(0).shape();
        return x.dim(0) * x.dim(1) * node.input(1).shape().dim(0); // bounded by checkWeights
    }

    /** Appends the product that makes the input's share in float scratch 0. */
    final void bindInput(Node node, Binding binding) {
        bindInput(node, binding, binding.floats(node.input(3)));
    }

    /** The same with another bias than operand 3. */
    final void bindInput(Node node, Binding binding, FloatRef bias) {
        Shape x = node.input(0).shape();
        int features = x.dim(2);
        int width = node.input(1).shape().dim(0);
        FloatRef source = binding.floats(node.input(0));
        RowSource rows = RowSource.dense(source.array(), source.offset(), x.dim(0) * x.dim(1), features, features);
        PackedWeights w = ProductStep.pack(binding, node.input(1), new Packing(features, width, 0, 1, features));
        binding.add(new ProductStep(binding, rows, w, bias, binding.floatScratch(0), width, Activation.NONE));
    }

    /** A product of rows of {@code a} with rows {@code [first, first + n)} of a weight operand. */
    static RowProduct product(Binding binding, Value weights, int first, int n, RowSource a) {
        int depth = weights.shape().dim(1);
        return new RowProduct(
                binding, a, ProductStep.pack(binding, weights, new Packing(depth, n, first * depth, 1, depth)));
    }

    /** Carried float rows as the left operand of a product. */
    static RowSource rows(CarriedState h, int batch) {
        return RowSource.dense((float[]) h.array(), h.row(0), batch, h.width(), h.width());
    }

    /** Rows {@code [batch, width]} as the left operand of a product. */
    static RowSource rows(FloatRef at, int batch, int width, int stride) {
        return RowSource.dense(at.array(), at.offset(), batch, width, stride);
    }

    /** Σ_k weights[row][k] · x[at + k]. */
    static double dot(double[] weights, int row, double[] x, int at, int n) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += weights[row * n + k] * x[at + k];
        }
        return sum;
    }

    /** The start of what is carried, as a copy. */
    static double[] start(Node node, int operand, Doubles values) {
        return values.of(node.input(operand)).clone();
    }

    /** Writes h of one time of one sample into y. */
    static void write(Node node, Doubles values, int sample, int t, boolean sequences, double[] h) {
        int outputs = node.output().shape().dim(-1);
        int time = node.input(0).shape().dim(1);
        int row = sequences ? sample * time + t : sample;
        System.arraycopy(h, sample * outputs, values.of(node.output()), row * outputs, outputs);
    }

    /** Writes what was carried to its result and into its STATE operand. */
    static void finish(Node node, int operand, int result, Doubles values, double[] end) {
        System.arraycopy(end, 0, values.of(node.output(result)), 0, end.length);
        if (node.input(operand).role() == Role.STATE) {
            System.arraycopy(end, 0, values.of(node.input(operand)), 0, end.length);
        }
    }
}
