package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import java.util.List;

/**
 * The rules of one kind of node: what operands it takes, what comes out, how much scratch it needs, how it runs, and what it means in double
 * precision. Stateless.
 *
 * @param <A> its options
 */
public abstract class Operator<A extends Attributes> {
    private final Class<A> attributesType;
    private final String name;

    /**
     * An operator.
     *
     * @param attributesType class of its options, which names it in a graph
     * @param name for people, for example {@code Conv2D}
     */
    protected Operator(Class<A> attributesType, String name) {
        this.attributesType = attributesType;
        this.name = name;
    }

    /** Class of the options. */
    public final Class<A> attributesType() {
        return attributesType;
    }

    /** Name for people; may tell the kind, for example {@code MaxPool2D}. */
    public String name(A attributes) {
        return name;
    }

    /** Whether this runtime can compute nodes of these options; false only where options name what an application has to bring. */
    public boolean supports(A attributes) {
        return true;
    }

    /**
     * Checks operands and infers the results. Integer results come without quantisation.
     *
     * @throws GraphException if they do not fit
     */
    public abstract List<TensorSpec> infer(A attributes, List<Value> inputs);

    /** {@link #infer(Attributes, List)} where results are known beforehand; operators that tell them need not look. */
    public List<TensorSpec> infer(A attributes, List<Value> inputs, List<TensorSpec> declared) {
        return infer(attributes, inputs);
    }

    /**
     * Checks what depends on the results' quantisation.
     *
     * @throws GraphException if the node cannot run
     */
    public void check(A attributes, Node node) {
        for (Value output : node.outputs()) {
            requireQuantization(output);
        }
    }

    /** Multiply-adds of one run; 0 for operators that have none to speak of. */
    public long multiplyAdds(A attributes, Node node) {
        return 0;
    }

    /** Number of float32 scratch elements of each scratch buffer; they live while the node runs. */
    public int[] scratch(A attributes, Node node) {
        return new int[0];
    }

    /** {@link #scratch(Attributes, Node)} for an operator that needs another amount where values lie widened. */
    public int[] scratch(A attributes, Node node, Storage storage) {
        return scratch(attributes, node);
    }

    /** Number of int32 scratch elements of each scratch buffer; they live while the node runs. */
    public int[] intScratch(A attributes, Node node) {
        return new int[0];
    }

    /** Whether the result is operand 0 under another shape, so that both can be the same memory. */
    public boolean isAlias(A attributes, Node node) {
        return false;
    }

    /** Whether the first result may overwrite an operand of the same size: element i is read before element i is written. */
    public boolean canRunInPlace(A attributes, Node node, int operand) {
        return false;
    }

    /** Which int8 operands and results may lie widened, because the operator computes with floats anyway; the binding tells which do. */
    public Widening widening(A attributes, Node node) {
        return isAlias(attributes, node) ? Widening.TOGETHER : Widening.NEVER;
    }

    /** Appends the node's steps to the binding. */
    public abstract void bind(A attributes, Node node, Binding binding);

    /** Computes the results in double precision, written for reading; float32 nodes only. */
    public abstract void evaluate(A attributes, Node node, Doubles values);

    /** What to throw when the fixed-point form of scales could not be computed. */
    static GraphException tooFarApart(Quantization from, Quantization to, IllegalArgumentException reason) {
        return new GraphException(
                "operand has " + from + ", result has " + to + ", which are too far apart: " + reason.getMessage());
    }

    /** Throws if an int8 or int16 operand has another quantisation than the result, of a node that only moves or picks elements. */
    protected static void requireSameScales(Node node) {
        for (Value input : node.inputs()) {
            if (input.type() == node.output().type()
                    && !input.quantization().equals(node.output().quantization())) {
                throw new GraphException("operand '" + input.name() + "' has " + input.quantization()
                        + ", the result has " + node.output().quantization()
                        + "; put a Quantize node before the operand");
            }
        }
    }

    /** Throws unless the number of operands is within bounds. */
    protected static void requireOperands(List<Value> inputs, int least, int most) {
        if (inputs.size() < least || inputs.size() > most) {
            throw new GraphException(
                    "has " + inputs.size() + (inputs.size() == 1 ? " operand" : " operands") + ", expected "
                            + (least == most
                                    ? "" + least
                                    : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most));
        }
    }

    /** Throws unless a value has one of the types. */
    protected static void requireType(Value value, String role, DType... allowed) {
        StringBuilder expected = new StringBuilder();
        for (DType type : allowed) {
            if (value.type() == type) {
                return;
            }
            expected.append(expected.length() == 0 ? "" : " or ").append(type);
        }
        throw new GraphException(role + " '" + value.name() + "' is " + value.type() + ", expected " + expected);
    }

    /** Throws unless a value has so many axes. */
    protected static void requireRank(Value value, String role, int rank, String layout) {
        if (value.shape().rank() != rank) {
            throw new GraphException(role + " '" + value.name() + "' has shape " + value.shape() + ", expected " + rank
                    + " axes " + layout);
        }
    }

    /** Throws if an int16 operand or result lacks a single scale, or has a zero point other than 0: the specification's arithmetic has no other. */
    protected static void requireSymmetric(Node node) {
        for (Value input : node.inputs()) {
            requireSymmetric(input);
        }
        for (Value output : node.outputs()) {
            requireSymmetric(output);
        }
    }

    /** Throws if an int16 value lacks a single scale, or has a zero point other than 0. */
    protected static void requireSymmetric(Value value) {
        Quantization scale = value.quantization();
        if (value.type() != DType.INT16) {
            return;
        }
        if (!scale.isQuantized() || scale.isPerAxis()) {
            throw new GraphException("int16 tensor '" + value.name() + "' has quantisation " + scale
                    + ", expected one scale for the whole tensor");
        }
        if (scale.zeroPoint() != 0) {
            throw new GraphException(
                    "int16 tensor '" + value.name() + "' has zero point " + scale.zeroPoint() + ", expected 0");
        }
    }

    /** Throws if an int8 value lacks a single scale. */
    protected static void requireQuantization(Value value) {
        if (value.type() == DType.INT8
                && (!value.quantization().isQuantized() || value.quantization().isPerAxis())) {
            throw new GraphException("int8 tensor '" + value.name() + "' has quantisation " + value.quantization()
                    + ", expected one scale and zero point for the whole tensor");
        }
        if (value.type() == DType.INT8
                && (value.quantization().zeroPoint() < -128
                        || value.quantization().zeroPoint() > 127)) {
            throw new GraphException("int8 tensor '" + value.name() + "' has zero point "
                    + value.quantization().zeroPoint() + ", expected -128 to 127");
        }
    }
}
