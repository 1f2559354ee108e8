package dev.junco.runtime;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An operator that an application brings. The runtime plans its memory, shares its work among threads and measures it like its own.
 *
 * <pre>{@code
 * final class Square implements CustomOperator {
 *     public String name() {
 *         return "example.Square";
 *     }
 *
 *     public List<TensorSpec> infer(Node node) {
 *         return List.of(TensorSpec.float32(node.inputs().get(0).shape()));
 *     }
 *
 *     public void bind(Node node, Binding binding) {
 *         Operand x = binding.input(0);
 *         Operand y = binding.output(0);
 *         binding.step(x.size(), 1, (from, to, worker) -> {
 *             for (int i = from; i < to; i++) {
 *                 float v = x.floats()[x.offset() + i];
 *                 y.floats()[y.offset() + i] = v * v;
 *             }
 *         });
 *     }
 * }
 *
 * Model model = Model.load(file, CustomOperators.of(new Square()));
 * }</pre>
 *
 * <p>Implementations are stateless and thread-safe: one object serves all nodes of all models. What a node needs is made in {@link #bind}.
 */
public interface CustomOperator {
    /** The name by which model files call it, and TensorFlow Lite files that the converter imports; a prefix of the application's own, as in {@code acme.Mel}, keeps it apart from others. */
    String name();

    /** The highest version of its options that it understands; files of higher versions are refused. At least 1. */
    default int version() {
        return 1;
    }

    /**
     * Checks a node's options and operands and tells its results. Called when a model is loaded, and again for each size of its inputs.
     *
     * @return type and shape of each result, at least one; the scales of integers are the model's choice and come from the file
     * @throws IllegalArgumentException if they do not fit; the message tells what was found and what was expected, the runtime adds which node
     */
    List<TensorSpec> infer(Node node);

    /**
     * Checks the results once their scales are known; does nothing if it is not overridden.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    default void check(Node node, List<TensorSpec> results) {}

    /** Multiply-adds of one run of a node, for profiles; 0 if there are none to speak of. */
    default long multiplyAdds(Node node) {
        return 0;
    }

    /**
     * Prepares a node: finds its tensors and adds its steps, which run in this order each time. Called once for each interpreter and each size of
     * its inputs. What is slow, or allocates, is done here.
     */
    void bind(Node node, Binding binding);

    /** A use of the operator in a graph. */
    interface Node {
        /** Version of the options, 1 to {@link CustomOperator#version}. */
        int version();

        /** The options as the file holds them, those of an imported file byte for byte: a fresh view, read-only, little-endian. */
        ByteBuffer options();

        /** Type, shape and scale of each operand. */
        List<TensorSpec> inputs();
    }

    /** What a node is given when it is prepared. */
    interface Binding {
        /** Operand {@code index}: to be read, and if it {@linkplain Operand#isState is a state} to be written as well. */
        Operand input(int index);

        /** Result {@code index}: every element has to be written in each run. */
        Operand output(int index);

        /** Most threads that run a step at once; {@code worker} in {@link Step#run} is less. */
        int workers();

        /** A new array of the node's own, counted in {@link MemoryUse#tables}. What it holds between runs is the node's affair. */
        float[] scratch(int elements);

        /**
         * Adds a step of independent units, which threads may share.
         *
         * @param units number of units, at least 0; how they are split must not change a result
         * @param cost of a unit in multiply-adds, roughly: steps that are too small are not split
         */
        void step(int units, long cost, Step step);
    }

    /** Elements of a tensor: {@code array[offset + i]} of the array of its type. The other arrays are null. */
    interface Operand {
        /** Type, shape and scale. */
        TensorSpec spec();

        /** Number of elements. */
        int size();

        /** Index of the first element. */
        int offset();

        /** The array of a FLOAT32 tensor. */
        float[] floats();

        /** The array of an INT8 or BOOL tensor. */
        byte[] bytes();

        /** The array of an INT32 tensor. */
        int[] ints();

        /** The array of an INT16 tensor. */
        short[] shorts();

        /** Whether the elements are the same in every run and may be looked at in {@link CustomOperator#bind}. */
        boolean isConstant();

        /** Whether it lives from run to run. */
        boolean isState();
    }

    /** The loop of a step. It allocates nothing. */
    interface Step {
        /**
         * Computes the units {@code [from, to)}.
         *
         * @param worker index of the thread, for scratch of its own
         */
        void run(int from, int to, int worker);
    }
}
