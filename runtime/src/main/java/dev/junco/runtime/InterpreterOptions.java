package dev.junco.runtime;

/**
 * How a model is run. Immutable; each method returns changed options.
 *
 * <pre>{@code
 * InterpreterOptions options = InterpreterOptions.DEFAULT.withThreads(2).withMaxMemory(8 << 20);
 * Interpreter interpreter = model.interpreter(options);
 * }</pre>
 *
 * @param threads threads that share an inference, the caller's included
 * @param kernels which kernels to use
 * @param batch samples of one run, 0 for the batch size in the file
 * @param maxMemory most bytes that an interpreter may need, counted as {@link MemoryUse#total}; 0 for no limit but the heap's
 * @param acceptsNaN whether inputs may hold NaN
 */
public record InterpreterOptions(int threads, KernelChoice kernels, int batch, long maxMemory, boolean acceptsNaN) {
    /** One thread, automatic kernels, the file's batch size, no limit of memory, no NaN. */
    public static final InterpreterOptions DEFAULT = new InterpreterOptions(1, KernelChoice.AUTO, 0, 0, false);

    public InterpreterOptions {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads is " + threads + ", expected 1 to 1024");
        }
        if (batch < 0) {
            throw new IllegalArgumentException(
                    "batch is " + batch + ", expected at least 1, or 0 for the file's batch size");
        }
        if (maxMemory < 0) {
            throw new IllegalArgumentException(
                    "maxMemory is " + maxMemory + ", expected a number of bytes, or 0 for no limit");
        }
    }

    /** Options with another number of threads. */
    public InterpreterOptions withThreads(int number) {
        return new InterpreterOptions(number, kernels, batch, maxMemory, acceptsNaN);
    }

    /** Options with other kernels. */
    public InterpreterOptions withKernels(KernelChoice choice) {
        return new InterpreterOptions(threads, choice, batch, maxMemory, acceptsNaN);
    }

    /** Options with another batch size. A model that holds for its own batch size only refuses another one when its interpreter is made. */
    public InterpreterOptions withBatch(int samples) {
        return new InterpreterOptions(threads, kernels, samples, maxMemory, acceptsNaN);
    }

    /** Options with another limit of memory, in bytes; a model that needs more is refused before anything is allocated. */
    public InterpreterOptions withMaxMemory(long bytes) {
        return new InterpreterOptions(threads, kernels, batch, bytes, acceptsNaN);
    }

    /** Options by which inputs may hold NaN; by default it is refused, because all that is computed from it is NaN as well. */
    public InterpreterOptions withNaN(boolean accept) {
        return new InterpreterOptions(threads, kernels, batch, maxMemory, accept);
    }
}
