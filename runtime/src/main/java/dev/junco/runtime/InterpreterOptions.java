package dev.junco.runtime;

/**
 * How a model is run. Immutable; each method returns changed options.
 *
 * @param threads threads that share an inference, the caller's included
 * @param kernels which kernels to use
 * @param batch samples of one run, 0 for the batch size in the file
 */
public record InterpreterOptions(int threads, KernelChoice kernels, int batch) {
    /** One thread, automatic kernels, the file's batch size. */
    public static final InterpreterOptions DEFAULT = new InterpreterOptions(1, KernelChoice.AUTO, 0);

    public InterpreterOptions {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads is " + threads + ", expected 1 to 1024");
        }
        if (batch < 0) {
            throw new IllegalArgumentException(
                    "batch is " + batch + ", expected at least 1, or 0 for the file's batch size");
        }
    }

    /** Options with another number of threads. */
    public InterpreterOptions withThreads(int number) {
        return new InterpreterOptions(number, kernels, batch);
    }

    /** Options with other kernels. */
    public InterpreterOptions withKernels(KernelChoice choice) {
        return new InterpreterOptions(threads, choice, batch);
    }

    /** Options with another batch size. */
    public InterpreterOptions withBatch(int samples) {
        return new InterpreterOptions(threads, kernels, samples);
    }
}
