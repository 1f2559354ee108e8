package dev.junco.converter.tflite;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * A graph under construction beside the tensors of a subgraph: each is a value, a literal that becomes a value when a node first needs one, or not known yet.
 * Not thread-safe.
 */
final class Assembly {
    private final GraphBuilder builder;
    private final List<TensorInfo> tensors;
    private final Literals literals;
    private final Value[] values;
    private final Value[] reals;
    private final Literal[] known;
    private final Literal[] others;
    private final OtherBatch batch;

    Assembly(GraphBuilder builder, List<TensorInfo> tensors, Literals literals, OtherBatch batch) {
        this(builder, tensors, literals, new Literal[tensors.size()], batch);
    }

    private Assembly(
            GraphBuilder builder, List<TensorInfo> tensors, Literals literals, Literal[] known, OtherBatch batch) {
        this.builder = builder;
        this.tensors = tensors;
        this.literals = literals;
        this.values = new Value[tensors.size()];
        this.reals = new Value[tensors.size()];
        this.known = known;
        this.others = new Literal[known.length];
        this.batch = batch;
    }

    /** Another graph over the same literals, in which a part is computed ahead. */
    Assembly apart(GraphBuilder other) {
        return new Assembly(other, tensors, literals, known.clone(), null);
    }

    /** Another graph over the literals as they would be for another batch. */
    Assembly other(GraphBuilder other) {
        Literal[] literalsThen = known.clone();
        for (int i = 0; i < others.length; i++) {
            literalsThen[i] = others[i] == null ? known[i] : others[i];
        }
        return new Assembly(other, tensors, literals, literalsThen, null);
    }

    /** The graph for another batch; null while a part is computed ahead. */
    OtherBatch batch() {
        return batch;
    }

    /** Whether known elements would be others for another batch. */
    boolean varies(int tensor) {
        return others[tensor] != null;
    }

    /** Whether an operator takes such elements. */
    boolean varies(OperatorInfo operator) {
        return Arrays.stream(operator.inputs()).anyMatch(input -> input >= 0 && varies(input));
    }

    /** Tells what the known elements of a tensor would be for another batch; no elements if that cannot be told. */
    void vary(int tensor, Literal other) {
        others[tensor] = other.equals(known[tensor]) ? null : other;
    }

    /** The elements as they would be for another batch. */
    Literal varied(int tensor) {
        return others[tensor];
    }

    GraphBuilder builder() {
        return builder;
    }

    TensorInfo tensor(int index) {
        return tensors.get(index);
    }

    Literals literals() {
        return literals;
    }

    /** Whether a tensor is known or computed by now. */
    boolean has(int tensor) {
        return values[tensor] != null || known[tensor] != null;
    }

    /** The known elements of a tensor, null if it is computed. */
    Literal literal(int tensor) {
        return known[tensor];
    }

    /** A tensor as a value. */
    Value value(int tensor) {
        if (values[tensor] == null) {
            if (known[tensor] == null) {
                throw FlatBytes.damaged("tensor " + tensors.get(tensor).label() + " is used before it is computed");
            }
            values[tensor] = constant(tensor, known[tensor]);
        }
        return values[tensor];
    }

    /** A constant of integers with scales as a value of real numbers. */
    Value real(int tensor) {
        if (reals[tensor] == null) {
            reals[tensor] = constant(tensor, literals.dequantized(known[tensor]));
        }
        return reals[tensor];
    }

    private Value constant(int tensor, Literal literal) {
        if (literal.isEmpty()) {
            throw new Untranslatable("tensor " + tensors.get(tensor).label() + " has no elements");
        }
        TensorSpec spec = literal.spec();
        return builder.constant(freeName(tensors.get(tensor).name()), spec, literal.elements());
    }

    void define(int tensor, Value value) {
        values[tensor] = value;
    }

    void define(int tensor, Literal literal) {
        known[tensor] = literal;
    }

    /** A name that is free for a value and for a node. */
    String freeName(String wanted) {
        return builder.freeName(wanted.isEmpty() ? "tensor" : wanted);
    }
}
