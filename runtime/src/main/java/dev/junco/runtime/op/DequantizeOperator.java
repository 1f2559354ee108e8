package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.kernel.KernelSource;
import java.util.List;

/** {@link DequantizeAttributes}. */
final class DequantizeOperator extends Operator<DequantizeAttributes> {
    DequantizeOperator() {
        super(DequantizeAttributes.class, "Dequantize");
    }

    @Override
    public List<TensorSpec> infer(DequantizeAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        requireType(inputs.get(0), "input", DType.INT8, DType.INT16);
        requireQuantization(inputs.get(0));
        requireSymmetric(inputs.get(0));
        return List.of(TensorSpec.float32(inputs.get(0).shape()));
    }

    @Override
    public void bind(DequantizeAttributes attributes, Node node, Binding binding) {
        Quantization from = node.input(0).quantization();
        FloatRef y = binding.floats(node.output());
        float scale = from.scale();
        if (node.input(0).type() == DType.INT16) {
            binding.add(shorts(
                    binding.shorts(node.input(0)),
                    scale,
                    y,
                    node.output().shape().elements()));
            return;
        }
        ByteRef x = binding.bytes(node.input(0));
        KernelSource kernels = binding.kernels();
        int zeroPoint = from.zeroPoint();
        binding.add(new ElementwiseStep(node.output().shape().elements(), 1) {
            @Override
            protected void apply(int first, int n) {
                kernels.kernels()
                        .quantized()
                        .dequantize(x.array(), x.offset() + first, scale, zeroPoint, y.array(), y.offset() + first, n);
            }
        });
    }

    private static Step shorts(ShortRef x, float scale, FloatRef y, int elements) {
        return new ElementwiseStep(elements, 1) {
            @Override
            protected void apply(int first, int n) {
                for (int i = first; i < first + n; i++) {
                    y.array()[y.offset() + i] = scale * x.array()[x.offset() + i];
                }
            }
        };
    }

    @Override
    public void evaluate(DequantizeAttributes attributes, Node node, Doubles values) {
        throw new GraphException("quantised tensors have no meaning in double precision");
    }
}
