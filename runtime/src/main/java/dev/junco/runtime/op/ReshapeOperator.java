package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.List;

/** {@link ReshapeAttributes}. */
final class ReshapeOperator extends AliasOperator<ReshapeAttributes> {
    ReshapeOperator() {
        super(ReshapeAttributes.class, "Reshape");
    }

    @Override
    public List<TensorSpec> infer(ReshapeAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Shape from = inputs.get(0).shape();
        int[] dims = new int[attributes.dims().size()];
        long known = 1;
        int open = -1;
        for (int axis = 0; axis < dims.length; axis++) {
            int dim = attributes.dims().get(axis);
            if (dim == 0 && axis >= from.rank() || dim < -1 || dim == -1 && open >= 0) {
                throw new GraphException("dims " + attributes.dims() + " do not suit shape " + from
                        + ": 0 copies an axis of the same index, -1 may stand once, other sizes are positive");
            }
            if (dim == -1) {
                open = axis;
                continue;
            }
            dims[axis] = dim == 0 ? from.dim(axis) : dim;
            known = Math.min(known * dims[axis], Integer.MAX_VALUE);
        }
        if (open >= 0) {
            dims[open] = (int) Math.max(1, from.elements() / known);
        }
        Shape to = Shape.of(dims);
        if (to.elements() != from.elements()) {
            throw new GraphException("shape " + from + " has " + from.elements() + " elements, dims "
                    + attributes.dims() + " make " + to.elements());
        }
        return List.of(new TensorSpec(inputs.get(0).type(), to, inputs.get(0).quantization()));
    }
}
