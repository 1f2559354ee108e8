package dev.junco.converter.measure;

import dev.junco.converter.Comparison;
import dev.junco.converter.ConversionException;
import dev.junco.converter.Metric;
import dev.junco.converter.Samples;
import dev.junco.runtime.Model;
import dev.junco.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Runs two models side by side over samples. */
public final class Comparer {
    private static final int BATCH = 32;

    private final int[] indices;
    private final BatchRunner before;
    private final BatchRunner after;
    private final Judge beforeJudge;
    private final Judge afterJudge;
    private final List<Tensor> outputs;
    private final List<Tensor> others;
    private long compared;
    private long agreed;
    private double worst;
    private double sum;

    /**
     * Compares two models that have the same inputs and outputs.
     *
     * @param indices the samples to run
     * @throws ConversionException if there are no samples, they do not fit, or the first model answers NaN
     */
    public static Comparison compare(Model first, Model second, Samples samples, int[] indices, int threads) {
        if (indices.length == 0) {
            throw new ConversionException("the evaluation data has no samples; give some, or none at all");
        }
        return new Comparer(first, second, samples, indices, threads).compare();
    }

    private Comparer(Model first, Model second, Samples samples, int[] indices, int threads) {
        this.indices = indices;
        this.before = new BatchRunner(first, samples, BATCH, threads);
        this.after = new BatchRunner(second, samples, before.batch(), threads);
        this.beforeJudge = new Judge(first, samples, indices);
        this.afterJudge = new Judge(first, samples, indices);
        this.outputs = new ArrayList<>(before.interpreter().outputs().values());
        this.others = new ArrayList<>(after.interpreter().outputs().values());
    }

    private Comparison compare() {
        int step = Math.min(before.batch(), after.batch());
        for (int from = 0; from < indices.length; from += step) {
            int count = Math.min(step, indices.length - from);
            before.run(indices, from, count);
            after.run(indices, from, count);
            for (int i = 0; i < count; i++) {
                judge(indices[from + i], i);
            }
            for (int i = 0; i < outputs.size(); i++) {
                difference(outputs.get(i), others.get(i), count * before.width(outputs.get(i)));
            }
        }
        double share = beforeJudge.metric() == Metric.SQUARED_ERROR ? 1 : (double) agreed / indices.length;
        return new Comparison(
                indices.length,
                beforeJudge.metric(),
                beforeJudge.quality(),
                afterJudge.quality(),
                share,
                worst,
                compared == 0 ? 0 : sum / compared);
    }

    private void judge(int index, int row) {
        int expected = beforeJudge.judge(outputs.get(0), before.width(outputs.get(0)), row, index);
        int found = afterJudge.judge(others.get(0), after.width(others.get(0)), row, index);
        agreed += expected == found ? 1 : 0;
    }

    private void difference(Tensor a, Tensor b, int count) {
        for (int i = 0; i < count; i++) {
            double difference = Math.abs((double) a.get(i) - b.get(i));
            if (Float.isNaN(a.get(i))) {
                throw new ConversionException(
                        "output '" + a.name() + "' of the source model is NaN on the evaluation data; look for NaN in"
                                + " the data, or for a network that has diverged");
            }
            worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
            sum += Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            compared++;
        }
    }
}
