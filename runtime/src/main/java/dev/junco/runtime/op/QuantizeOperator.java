package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.KernelSource;
import java.util.List;

/** {@link QuantizeAttributes}. */
final class QuantizeOperator extends Operator<QuantizeAttributes> {
    QuantizeOperator() {
        super(QuantizeAttributes.class, "Quantize");
    }

    @Override
    public List<TensorSpec> infer(QuantizeAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        DType to = attributes.type();
        if (to != DType.INT8 && to != DType.INT16) {
            throw new GraphException("type of the result is " + to + ", expected INT8 or INT16");
        }
        requireType(inputs.get(0), "input", DType.FLOAT32, DType.INT8, DType.INT16);
        requireQuantization(inputs.get(0));
        return List.of(new TensorSpec(to, inputs.get(0).shape(), Quantization.NONE));
    }

    @Override
    public void check(QuantizeAttributes attributes, Node node) {
        super.check(attributes, node);
        requireSymmetric(node);
        if (isRescaled(node)) {
            Quantization from = node.input(0).quantization();
            Quantization to = node.output().quantization();
            try {
                FixedPoint.multiplier(RescaleStep.factor(from, to));
            } catch (IllegalArgumentException e) {
                throw tooFarApart(from, to, e);
            }
        }
    }

    /** Whether integers become others, on at least one side int16. */
    private static boolean isRescaled(Node node) {
        return node.input(0).type() == DType.INT16
                || node.input(0).type() == DType.INT8 && node.output().type() == DType.INT16;
    }

    @Override
    public void bind(QuantizeAttributes attributes, Node node, Binding binding) {
        Value from = node.input(0);
        Quantization to = node.output().quantization();
        int elements = from.shape().elements();
        if (isRescaled(node)) {
            binding.add(new RescaleStep(binding, node));
            return;
        }
        if (node.output().type() == DType.INT16) {
            binding.add(shorts(binding.floats(from), to.scale(), binding.shorts(node.output()), elements));
            return;
        }
        ByteRef y = binding.bytes(node.output());
        KernelSource kernels = binding.kernels();
        if (from.type() == DType.INT8) {
            byte[] table = Int8Tables.rescale(from.quantization(), to);
            binding.add(new LookupStep(kernels, binding.bytes(from), table, y, elements));
            return;
        }
        FloatRef x = binding.floats(from);
        float scale = to.scale();
        int zeroPoint = to.zeroPoint();
        binding.add(new ElementwiseStep(elements, 2) {
            @Override
            protected void apply(int first, int n) {
                kernels.kernels()
                        .quantized()
                        .quantize(x.array(), x.offset() + first, scale, zeroPoint, y.array(), y.offset() + first, n);
            }
        });
    }

    private static Step shorts(FloatRef x, float scale, ShortRef y, int elements) {
        return new ElementwiseStep(elements, 2) {
            @Override
            protected void apply(int first, int n) {
                for (int i = first; i < first + n; i++) {
                    y.array()[y.offset() + i] = (short) Int16.of(x.array()[x.offset() + i], scale);
                }
            }
        };
    }

    @Override
    public void evaluate(QuantizeAttributes attributes, Node node, Doubles values) {
        throw new GraphException("quantised tensors have no meaning in double precision");
    }
}
