package dev.junco.trainer.kernel;

/**
 * The loops that only training needs: plain ones, or ones over vectors. Both give the same bits, so the choice is only one of speed.
 *
 * @param update loops that change weights
 * @param gradient loops of derivatives
 * @param channel loops over rows of channels
 */
public record TrainingKernels(UpdateKernels update, GradientKernels gradient, ChannelKernels channel) {
    /** Scalar loops, for any JVM. */
    public static final TrainingKernels PLAIN =
            new TrainingKernels(new PlainUpdateKernels(), new PlainGradientKernels(), new PlainChannelKernels());

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Loops over vectors where the JVM was started with {@value #VECTOR_MODULE}, else plain ones. */
    public static TrainingKernels fastest() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent() ? OverVectors.KERNELS : PLAIN;
    }

    /** Loaded only where the module is. */
    private static final class OverVectors {
        private static final TrainingKernels KERNELS =
                new TrainingKernels(new VectorUpdateKernels(), new VectorGradientKernels(), new VectorChannelKernels());
    }
}
