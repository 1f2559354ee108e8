package dev.junco.trainer.autodiff;

import dev.junco.trainer.regularizer.Regularizer;
import java.util.Map;
import java.util.Set;

/**
 * How a network is trained, apart from loss and optimizer. Immutable; each method returns changed options.
 *
 * @param seed decides what dropout drops
 * @param regularizers penalties by the name of the parameter
 * @param frozen names of parameters that keep their value; a batch normalisation whose gamma and beta are both frozen also keeps its moving statistics
 *     and uses them
 * @param clipNorm largest length of all gradients together, infinite for no limit
 * @param momentum share of the moving mean and variance that a step keeps
 * @param momenta other such shares by the name of the batch normalisation
 */
public record TrainingOptions(
        long seed,
        Map<String, Regularizer> regularizers,
        Set<String> frozen,
        float clipNorm,
        float momentum,
        Map<String, Float> momenta) {
    /** What Keras takes for batch normalisation. */
    private static final float MOMENTUM = 0.99f;

    public TrainingOptions {
        regularizers = Map.copyOf(regularizers);
        frozen = Set.copyOf(frozen);
        momenta = Map.copyOf(momenta);
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm is " + clipNorm + ", expected a number above 0");
        }
        checkMomentum(momentum);
        momenta.values().forEach(TrainingOptions::checkMomentum);
    }

    private static void checkMomentum(float momentum) {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("momentum is " + momentum + ", expected 0 to 1");
        }
    }

    /** No penalties, nothing frozen, no limit, momentum 0.99. */
    public static TrainingOptions ofSeed(long seed) {
        return new TrainingOptions(seed, Map.of(), Set.of(), Float.POSITIVE_INFINITY, MOMENTUM, Map.of());
    }

    /** With these penalties. */
    public TrainingOptions regularizers(Map<String, Regularizer> byParameter) {
        return new TrainingOptions(seed, byParameter, frozen, clipNorm, momentum, momenta);
    }

    /** With these parameters frozen. */
    public TrainingOptions frozen(Set<String> parameters) {
        return new TrainingOptions(seed, regularizers, parameters, clipNorm, momentum, momenta);
    }

    /** With a limit on the length of all gradients together. */
    public TrainingOptions clipNorm(float most) {
        return new TrainingOptions(seed, regularizers, frozen, most, momentum, momenta);
    }

    /** With another momentum of batch normalisations. */
    public TrainingOptions momentum(float share) {
        return new TrainingOptions(seed, regularizers, frozen, clipNorm, share, momenta);
    }

    /** With momenta of single batch normalisations. */
    public TrainingOptions momenta(Map<String, Float> byNode) {
        return new TrainingOptions(seed, regularizers, frozen, clipNorm, momentum, byNode);
    }
}
