package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.kernel.KernelSource;
import java.util.List;

/** {@link LeakyReluAttributes}. */
final class LeakyReluOperator extends ElementOperator<LeakyReluAttributes> {
    LeakyReluOperator() {
        super(LeakyReluAttributes.class, "LeakyRelu");
    }

    @Override
    public List<TensorSpec> infer(LeakyReluAttributes attributes, List<Value> inputs) {
        if (!Float.isFinite(attributes.alpha())) {
            throw new GraphException("alpha is " + attributes.alpha() + ", expected a finite number");
        }
        return super.infer(attributes, inputs);
    }

    @Override
    double apply(LeakyReluAttributes attributes, double x) {
        return x >= 0 ? x : attributes.alpha() * x;
    }

    @Override
    Step step(LeakyReluAttributes attributes, Binding binding, FloatRef x, FloatRef y, int elements) {
        KernelSource kernels = binding.kernels();
        float alpha = attributes.alpha();
        return new ElementwiseStep(elements, 1) {
            @Override
            protected void apply(int first, int n) {
                kernels.kernels()
                        .elementwise()
                        .leakyRelu(x.array(), x.offset() + first, y.array(), y.offset() + first, n, alpha);
            }
        };
    }

    @Override
    boolean hasInt16(LeakyReluAttributes attributes) {
        return true;
    }

    @Override
    Int16Function int16(LeakyReluAttributes attributes, Quantization from, Quantization to) {
        return Int16Function.leakyRelu(attributes.alpha(), from, to);
    }

    @Override
    byte[] table(LeakyReluAttributes attributes, Quantization from, Quantization to) {
        return Int8Tables.leakyRelu(attributes.alpha(), from, to);
    }
}
