package dev.junco.benchmarks;

/** Who trains. */
public enum TrainingEngine {
    JUNCO {
        @Override
        Training of(TrainedNetwork network, FashionImages images) {
            return new JuncoTraining(network, images);
        }
    },
    DL4J {
        @Override
        Training of(TrainedNetwork network, FashionImages images) {
            return new Dl4jTraining(network, images);
        }
    };

    /** A training on images that are prepared here, in the form in which the engine likes them best. */
    abstract Training of(TrainedNetwork network, FashionImages images);
}
