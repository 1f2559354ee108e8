package dev.junco.trainer.layer;

import dev.junco.trainer.initializer.Initializer;
import dev.junco.trainer.regularizer.Regularizer;

/**
 * A layer with a weight tensor ("kernel") and a bias. The methods that set something change this layer and return it, for chains at the place
 * of construction.
 *
 * @param <L> the layer's own type
 */
public abstract class WeightedLayer<L extends WeightedLayer<L>> implements Layer {
    private final Activation activation;
    private String name;
    private Initializer kernelInitializer;
    private Initializer biasInitializer = Initializer.ZEROS;
    private Regularizer kernelRegularizer;
    private boolean bias = true;

    WeightedLayer(Activation activation) {
        this.activation = activation;
        this.kernelInitializer = activation.defaultInitializer();
    }

    abstract L self();

    @Override
    public final String givenName() {
        return name;
    }

    /** Names the layer. */
    public final L named(String wanted) {
        name = wanted;
        return self();
    }

    /** Where the kernel starts; He for rectifiers and Glorot for other functions unless told. */
    public final L kernelInitializer(Initializer initializer) {
        kernelInitializer = initializer;
        return self();
    }

    /** Where the bias starts; zeros unless told. */
    public final L biasInitializer(Initializer initializer) {
        biasInitializer = initializer;
        return self();
    }

    /** Adds a penalty on the kernel to the loss. */
    public final L kernelRegularizer(Regularizer regularizer) {
        kernelRegularizer = regularizer;
        return self();
    }

    /** Leaves the bias out, as before a batch normalisation. */
    public final L withoutBias() {
        bias = false;
        return self();
    }

    final Activation activation() {
        return activation;
    }

    final Initializer kernelInitializer() {
        return kernelInitializer;
    }

    final Initializer biasInitializer() {
        return biasInitializer;
    }

    final Regularizer kernelRegularizer() {
        return kernelRegularizer;
    }

    final boolean hasBias() {
        return bias;
    }
}
