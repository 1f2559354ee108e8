package dev.junco.runtime.op;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Rescaling;

/** What an operator is given when it turns into steps: where its tensors lie, shared weights, kernels. */
public interface Binding extends Storage {
    /** The kernels, to be asked in each step. */
    KernelSource kernels();

    /** Most workers that will run a step. */
    int workers();

    /** A worker's scratch for matrix products. */
    float[][] workspace(int worker);

    /** Elements of a float32 or widened int8 value: in the arena, of a state, or decoded once for the model if it is constant. */
    FloatRef floats(Value value);

    /** Elements of a bool value or an int8 value that is not widened. */
    ByteRef bytes(Value value);

    /** Elements of an int32 value. */
    IntRef ints(Value value);

    /** Elements of an int16 value. */
    ShortRef shorts(Value value);

    /** The operator's int scratch {@code index}, see {@link Operator#intScratch}. */
    IntRef intScratch(int index);

    /** The operator's float scratch {@code index}, see {@link Operator#scratch}. */
    FloatRef floatScratch(int index);

    /** Weights of a constant float32 or int8 value (int8 without its zero point as float integers), packed once for the model. */
    PackedWeights packed(Value weights, Packing packing);

    /** {@code rescaling} or one that is equal: shared by the model's interpreters, and prepared for the kernels in use, in the background for faster ones. */
    Rescaling shared(Rescaling rescaling);

    /** Appends a step. */
    void add(Step step);
}
