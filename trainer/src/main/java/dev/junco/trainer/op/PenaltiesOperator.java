package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import dev.junco.trainer.regularizer.L1;
import dev.junco.trainer.regularizer.L2;
import dev.junco.trainer.regularizer.Regularizer;
import java.util.ArrayList;
import java.util.List;

/** {@link Penalties}. */
final class PenaltiesOperator extends Operator<Penalties> {
    PenaltiesOperator() {
        super(Penalties.class, "Penalties");
    }

    @Override
    public List<TensorSpec> infer(Penalties attributes, List<Value> inputs) {
        int expected = 1 + attributes.regularizers().size();
        requireOperands(inputs, expected, expected);
        return List.of(inputs.get(0).spec());
    }

    @Override
    public void bind(Penalties attributes, Node node, Binding binding) {
        FloatRef loss = binding.floats(node.input(0));
        FloatRef total = binding.floats(node.output());
        List<BlockSums> sums = new ArrayList<>();
        for (int i = 0; i < attributes.regularizers().size(); i++) {
            Value w = node.input(1 + i);
            BlockSums step = sum(binding, attributes.regularizers().get(i), w);
            sums.add(step);
            binding.add(step);
        }
        binding.add(new Step(sums.size()) {
            @Override
            public int units() {
                return 1;
            }

            @Override
            public void run(int from, int to, int worker) {
                double sum = loss.array()[loss.offset()];
                for (int i = 0; i < sums.size(); i++) {
                    sum += attributes.regularizers().get(i).lambda()
                            * sums.get(i).total();
                }
                total.array()[total.offset()] = (float) sum;
            }
        });
    }

    private static BlockSums sum(Binding binding, Regularizer regularizer, Value w) {
        FloatRef ref = binding.floats(w);
        int elements = w.shape().elements();
        return switch (regularizer) {
            case L2 _ -> BlockSums.squares(binding, ref, elements);
            case L1 _ -> BlockSums.absolutes(ref, elements);
        };
    }

    @Override
    public void evaluate(Penalties attributes, Node node, Doubles values) {
        double sum = values.of(node.input(0))[0];
        for (int i = 0; i < attributes.regularizers().size(); i++) {
            for (double w : values.of(node.input(1 + i))) {
                sum += attributes.regularizers().get(i).penalty(w);
            }
        }
        values.of(node.output())[0] = sum;
    }
}
