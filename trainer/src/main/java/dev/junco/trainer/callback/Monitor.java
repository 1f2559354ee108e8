package dev.junco.trainer.callback;

import java.util.Map;

/** A value that is watched for getting better. */
final class Monitor {
    private final String name;
    private final double leastChange;
    private double best = Double.NaN;

    Monitor(String name, double leastChange) {
        this.name = name;
        this.leastChange = leastChange;
    }

    /** Whether the value is the best so far, by at least the least change. */
    boolean improved(Map<String, Double> logs) {
        Double value = logs.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no value '" + name + "' to monitor; training measures "
                    + logs.keySet() + (name.startsWith("val_") ? ". Give validation data to fit." : ""));
        }
        boolean better = Double.isNaN(best)
                ? !Double.isNaN(value)
                : largerIsBetter(name) ? value > best + leastChange : value < best - leastChange;
        best = better ? value : best;
        return better;
    }

    double best() {
        return best;
    }

    /** Accuracies rise, losses and errors fall. */
    static boolean largerIsBetter(String name) {
        return name.endsWith("accuracy");
    }
}
