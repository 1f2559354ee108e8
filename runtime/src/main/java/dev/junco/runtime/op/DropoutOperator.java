package dev.junco.runtime.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import java.util.List;

/** {@link DropoutAttributes} of a model that runs: nothing happens. */
final class DropoutOperator extends AliasOperator<DropoutAttributes> {
    DropoutOperator() {
        super(DropoutAttributes.class, "Dropout");
    }

    @Override
    public List<TensorSpec> infer(DropoutAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        if (!(attributes.rate() >= 0 && attributes.rate() < 1)) {
            throw new GraphException("rate is " + attributes.rate() + ", expected 0 <= rate < 1");
        }
        return List.of(inputs.get(0).spec());
    }
}
