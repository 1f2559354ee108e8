package dev.junco.converter;

import dev.junco.converter.measure.BatchRunner;
import dev.junco.runtime.Model;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which samples serve which signature of a model. Not thread-safe. */
final class SignatureSamples {
    private final Map<String, Samples> own = new TreeMap<>();
    private Samples common;

    void set(Samples samples) {
        common = samples;
    }

    void set(String signature, Samples samples) {
        own.put(signature, samples);
    }

    boolean isEmpty() {
        return common == null && own.isEmpty();
    }

    /** Throws if samples are meant for a signature that there is not. */
    void requireKnown(List<String> signatures) {
        for (String signature : own.keySet()) {
            if (!signatures.contains(signature)) {
                throw new ConversionException("there are samples for signature '" + signature + "', but the model has "
                        + String.join(", ", signatures));
            }
        }
    }

    /**
     * The samples for one signature: its own, else those for all. The first signature takes these as they are; another one only if they have as many features,
     * and without labels and targets, which say what the first should answer.
     *
     * @return null if there are none
     */
    Samples of(Model signature, boolean first) {
        Samples chosen = own.get(signature.graph().name());
        if (chosen != null || first || common == null) {
            return chosen == null ? common : chosen;
        }
        return common.featureCount() == BatchRunner.features(signature) ? new Features(common) : null;
    }

    private record Features(Samples samples) implements Samples {
        @Override
        public int size() {
            return samples.size();
        }

        @Override
        public int featureCount() {
            return samples.featureCount();
        }

        @Override
        public void features(int index, float[] target, int offset) {
            samples.features(index, target, offset);
        }
    }
}
