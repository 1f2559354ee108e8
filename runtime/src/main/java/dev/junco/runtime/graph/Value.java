package dev.junco.runtime.graph;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;

/**
 * An edge of the graph: one tensor with one producer.
 *
 * @param id index in {@link Graph#values()}
 * @param name unique in the graph
 * @param spec type, shape, quantisation
 * @param role where it comes from
 * @param constant the elements of a CONSTANT or PARAMETER, the start of a STATE (null: zeros), null for the others
 */
public record Value(int id, String name, TensorSpec spec, Role role, Constant constant) {
    public Value {
        boolean fixed = role == Role.CONSTANT || role == Role.PARAMETER;
        if (fixed && constant == null || constant != null && !fixed && role != Role.STATE) {
            throw new GraphException(
                    "value '" + name + "' is " + role + (constant == null ? " without" : " with") + " elements");
        }
        if (constant != null
                && (constant.elements() != spec.shape().elements()
                        || constant.storage().type() != spec.type())) {
            throw new GraphException("value '" + name + "' is " + spec + " but its elements are " + constant
                    + "; type and number have to agree");
        }
    }

    /** Element type. */
    public DType type() {
        return spec.type();
    }

    /** Axis sizes. */
    public Shape shape() {
        return spec.shape();
    }

    /** Meaning of integers. */
    public Quantization quantization() {
        return spec.quantization();
    }

    /** Whether the elements are known before the first run and never change while running. */
    public boolean isConstant() {
        return role == Role.CONSTANT || role == Role.PARAMETER;
    }

    /** The constant's values as float32 in a new array. */
    public float[] floats() {
        Quantization scales = constant.scales();
        int inner = scales.isPerAxis() ? shape().elements(scales.axis() + 1, shape().rank()) : 1;
        return constant.floats(inner);
    }
}
