package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import java.util.ArrayList;
import java.util.List;

/** {@link ClipByGlobalNorm}. */
final class ClipByGlobalNormOperator extends Operator<ClipByGlobalNorm> {
    ClipByGlobalNormOperator() {
        super(ClipByGlobalNorm.class, "ClipByGlobalNorm");
    }

    @Override
    public List<TensorSpec> infer(ClipByGlobalNorm attributes, List<Value> inputs) {
        requireOperands(inputs, 1, Integer.MAX_VALUE);
        return List.of(TensorSpec.float32(Shape.of()));
    }

    @Override
    public void bind(ClipByGlobalNorm attributes, Node node, Binding binding) {
        List<BlockSums> sums = new ArrayList<>();
        for (Value g : node.inputs()) {
            BlockSums squares =
                    BlockSums.squares(binding, binding.floats(g), g.shape().elements());
            sums.add(squares);
            binding.add(squares);
        }
        FloatRef factor = binding.floats(node.output());
        binding.add(new Step(sums.size()) {
            @Override
            public int units() {
                return 1;
            }

            @Override
            public void run(int from, int to, int worker) {
                double squares = 0;
                for (int i = 0; i < sums.size(); i++) {
                    squares += sums.get(i).total();
                }
                factor.array()[factor.offset()] = (float) factor(attributes, squares);
            }
        });
    }

    private static double factor(ClipByGlobalNorm attributes, double squares) {
        return attributes.clip() / Math.max(Math.sqrt(squares), attributes.clip());
    }

    @Override
    public void evaluate(ClipByGlobalNorm attributes, Node node, Doubles values) {
        double squares = 0;
        for (Value g : node.inputs()) {
            for (double element : values.of(g)) {
                squares += element * element;
            }
        }
        values.of(node.output())[0] = factor(attributes, squares);
    }
}
