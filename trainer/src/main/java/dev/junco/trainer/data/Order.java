package dev.junco.trainer.data;

import java.util.Arrays;
import java.util.Comparator;

/** Orders of samples, and parts cut from them. */
final class Order {
    private Order() {}

    /** {@code from, from + 1, … to - 1}. */
    static int[] range(int from, int to) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        return indices;
    }

    static int[] shuffled(int count, Random64 random) {
        int[] indices = range(0, count);
        random.shuffle(indices);
        return indices;
    }

    /** First the samples for training, then those for validation, then those for testing. */
    static Split split(Dataset data, int[] order, double validation, double test) {
        checkParts(validation, test);
        int n = order.length;
        int testCount = (int) Math.round(n * test);
        int validationCount = Math.min((int) Math.round(n * validation), n - testCount);
        int trainCount = n - validationCount - testCount;
        return new Split(
                data.subset(Arrays.copyOfRange(order, 0, trainCount)),
                data.subset(Arrays.copyOfRange(order, trainCount, trainCount + validationCount)),
                data.subset(Arrays.copyOfRange(order, trainCount + validationCount, n)));
    }

    /**
     * A random order in which every stretch has nearly the same share of each class: the k-th of a class's n samples
     * stands at about (k + u) / n of the way, with one random u for each class.
     */
    static int[] interleavedClasses(Dataset data, Random64 random) {
        int[] shuffled = shuffled(data.size(), random);
        int[] size = new int[data.classes()];
        for (int index : shuffled) {
            size[data.label(index)]++;
        }
        double[] phase = new double[size.length];
        for (int c = 0; c < size.length; c++) {
            phase[c] = random.nextDouble();
        }
        int[] seen = new int[size.length];
        record Place(double at, int index) {}
        Place[] places = new Place[shuffled.length];
        for (int i = 0; i < shuffled.length; i++) {
            int c = data.label(shuffled[i]);
            places[i] = new Place((seen[c]++ + phase[c]) / size[c], shuffled[i]);
        }
        Arrays.sort(places, Comparator.comparingDouble(Place::at));
        return Arrays.stream(places).mapToInt(Place::index).toArray();
    }

    private static void checkParts(double validation, double test) {
        if (!(validation >= 0) || !(test >= 0) || !(validation + test < 1)) {
            throw new DataException("The parts for validation (" + validation + ") and testing (" + test
                    + ") must be 0 or more and together less than 1.");
        }
    }
}
