package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
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
        requireType(inputs.get(0), "input", DType.FLOAT32, DType.INT8);
        requireQuantization(inputs.get(0));
        return List.of(new TensorSpec(DType.INT8, inputs.get(0).shape(), Quantization.NONE));
    }

    @Override
    public void bind(QuantizeAttributes attributes, Node node, Binding binding) {
        Value from = node.input(0);
        Quantization to = node.output().quantization();
        ByteRef y = binding.bytes(node.output());
        int elements = from.shape().elements();
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

    @Override
    public void evaluate(QuantizeAttributes attributes, Node node, Doubles values) {
        throw new GraphException("int8 tensors have no meaning in double precision");
    }
}
