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
        requireType(inputs.get(0), "input", DType.INT8);
        requireQuantization(inputs.get(0));
        return List.of(TensorSpec.float32(inputs.get(0).shape()));
    }

    @Override
    public void bind(DequantizeAttributes attributes, Node node, Binding binding) {
        Quantization from = node.input(0).quantization();
        ByteRef x = binding.bytes(node.input(0));
        FloatRef y = binding.floats(node.output());
        KernelSource kernels = binding.kernels();
        float scale = from.scale();
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

    @Override
    public void evaluate(DequantizeAttributes attributes, Node node, Doubles values) {
        throw new GraphException("int8 tensors have no meaning in double precision");
    }
}
