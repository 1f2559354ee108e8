package dev.junco.trainer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What training measured, epoch by epoch. */
public final class History {
    private final List<Map<String, Double>> epochs = new ArrayList<>();

    /** A history without epochs. */
    History() {}

    /** Appends an epoch's values. */
    void add(Map<String, Double> logs) {
        epochs.add(Collections.unmodifiableMap(new LinkedHashMap<>(logs)));
    }

    /** Values of all epochs by name: {@code loss}, {@code accuracy}, {@code val_loss}, … */
    public List<Map<String, Double>> epochs() {
        return Collections.unmodifiableList(epochs);
    }

    /** One value over the epochs; NaN where an epoch has none. */
    public List<Double> values(String name) {
        return epochs.stream()
                .map(epoch -> epoch.getOrDefault(name, Double.NaN))
                .toList();
    }

    /** A value of the last epoch; NaN if there is none. */
    public double last(String name) {
        return epochs.isEmpty() ? Double.NaN : epochs.get(epochs.size() - 1).getOrDefault(name, Double.NaN);
    }
}
