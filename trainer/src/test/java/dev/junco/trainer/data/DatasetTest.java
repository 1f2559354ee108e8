package dev.junco.trainer.data;

import static dev.junco.trainer.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatasetTest {

    /** Sample i has features 2i, 2i + 1 and class i % 3. */
    private static Dataset numbered(int size) {
        float[] features = new float[2 * size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            features[2 * i] = 2 * i;
            features[2 * i + 1] = 2 * i + 1;
            labels[i] = i % 3;
        }
        return Dataset.classification(features, Shape.of(2), labels, 3);
    }

    private static int[] firstFeatures(Dataset data) {
        int[] values = new int[data.size()];
        float[] buffer = new float[data.featureCount()];
        for (int i = 0; i < values.length; i++) {
            data.copyFeatures(i, buffer, 0);
            values[i] = (int) buffer[0] / 2;
        }
        return values;
    }

    @Test
    void copiesFeaturesAndTargetsToAnOffset() {
        Dataset data = numbered(5);
        float[] buffer = {-1, -1, -1, -1};
        data.copyFeatures(2, buffer, 1);
        assertArrayEquals(new float[] {-1, 4, 5, -1}, buffer);
        data.copyTargets(2, buffer, 3);
        assertEquals(2, buffer[3]);
        data.copyOneHot(1, buffer, 0);
        assertArrayEquals(new float[] {0, 1, 0, 2}, buffer);
        assertThrows(IndexOutOfBoundsException.class, () -> data.label(5));
    }

    @Test
    void bytesAreUnsigned() {
        Dataset data = Dataset.classification(new byte[] {0, 127, -128, -1}, Shape.of(4), new int[] {0}, 1);
        float[] buffer = new float[4];
        data.copyFeatures(0, buffer, 0);
        assertArrayEquals(new float[] {0, 127, 128, 255}, buffer);
    }

    @Test
    void doesNotSeeLaterChangesOfItsArrays() {
        float[] features = {1, 2};
        int[] labels = {0};
        Dataset data = Dataset.classification(features, Shape.of(2), labels, 1);
        features[0] = 9;
        labels[0] = 9;
        float[] buffer = new float[2];
        data.copyFeatures(0, buffer, 0);
        assertEquals(1, buffer[0]);
        assertEquals(0, data.label(0));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Shape pair = Shape.of(2);
        assertRefused(() -> Dataset.classification(new float[5], pair, new int[2], 1), "5 feature values", "2");
        assertRefused(() -> Dataset.classification(new float[4], pair, new int[3], 1), "2 samples", "3");
        assertRefused(
                () -> Dataset.classification(new float[4], pair, new int[] {0, 3}, 3), "Sample 1", "label 3", "0 to 2");
        assertRefused(() -> Dataset.classification(new float[2], pair, new int[] {-1}, 3), "label -1");
        assertRefused(() -> Dataset.unlabelled(new float[] {1, 2, 3, Float.NaN}, pair), "Sample 1", "feature 1", "NaN");
        assertRefused(
                () -> Dataset.regression(new float[2], pair, new float[] {Float.POSITIVE_INFINITY}, 1),
                "target 0",
                "Infinity");
        assertRefused(() -> numbered(3).withLabelNames(List.of("a", "b")), "label 2", "0 to 1");
        assertRefused(() -> numbered(3).withFeatureNames(List.of("a")), "2 features", "1");
        assertRefused(() -> numbered(3).reshaped(Shape.of(3)), "2 values", "3");
        assertRefused(() -> Dataset.unlabelled(new float[2], pair).label(0), "no classes");
    }

    @Test
    void splitKeepsEverySampleOnce() {
        Split split = numbered(101).split(0.2, 0.1, 42);
        assertEquals(71, split.train().size());
        assertEquals(20, split.validation().size());
        assertEquals(10, split.test().size());
        Set<Integer> seen = new HashSet<>();
        for (Dataset part : List.of(split.train(), split.validation(), split.test())) {
            for (int value : firstFeatures(part)) {
                assertTrue(seen.add(value));
            }
        }
        assertEquals(101, seen.size());
    }

    @Test
    void splitIsAFunctionOfTheSeed() {
        assertArrayEquals(
                firstFeatures(numbered(50).split(0.2, 0.2, 1).train()),
                firstFeatures(numbered(50).split(0.2, 0.2, 1).train()));
        assertFalse(Arrays.equals(
                firstFeatures(numbered(50).split(0.2, 0.2, 1).train()),
                firstFeatures(numbered(50).split(0.2, 0.2, 2).train())));
        assertArrayEquals(
                new int[] {3, 6, 1, 5, 0, 9, 2, 8, 4, 7},
                firstFeatures(numbered(10).shuffled(1)),
                "recorded order");
    }

    @Test
    void stratifiedSplitKeepsTheShareOfEveryClass() {
        int[] labels = new int[1000];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i < 900 ? 0 : i < 990 ? 1 : 2;
        }
        Dataset data = Dataset.classification(new float[1000], Shape.of(1), labels, 3);
        for (long seed = 0; seed < 20; seed++) {
            Split split = data.stratifiedSplit(0.2, 0.1, seed);
            assertArrayEquals(new double[] {630, 63, 7}, counts(split.train()), 1.0);
            assertArrayEquals(new double[] {180, 18, 2}, counts(split.validation()), 1.0);
            assertArrayEquals(new double[] {90, 9, 1}, counts(split.test()), 1.0);
        }
    }

    private static double[] counts(Dataset data) {
        double[] counts = new double[data.classes()];
        for (int i = 0; i < data.size(); i++) {
            counts[data.label(i)]++;
        }
        return counts;
    }

    @Test
    void refusesPartsThatLeaveNothingForTraining() {
        assertRefused(() -> numbered(10).split(0.5, 0.5, 1), "0.5", "less than 1");
        assertRefused(() -> numbered(10).split(-0.1, 0, 1), "-0.1");
        assertRefused(() -> numbered(10).split(Double.NaN, 0, 1), "NaN");
    }

    @Test
    void viewsOfViewsFindTheirSamples() {
        Dataset data = numbered(10).subset(new int[] {9, 8, 7, 3}).take(3).subset(new int[] {2, 0});
        assertArrayEquals(new int[] {7, 9}, firstFeatures(data));
        assertEquals(1, data.label(0));
        assertEquals(2, numbered(2).take(99).size());
    }

    @Test
    void regressionTargetsAreNormalizedOnTheWayOut() {
        Dataset data = Dataset.regression(new float[3], Shape.of(1), new float[] {10, 1, 20, 1, 30, 1}, 2);
        Normalization fitted = Normalization.standardizeTargets(data);
        Dataset normal = data.normalizedTargets(fitted);
        float[] targets = new float[2];
        normal.copyTargets(2, targets, 0);
        assertEquals(1.2247449f, targets[0], 1e-6f);
        assertEquals(0, targets[1]);
        normal.targetNormalization().undo(targets, 0, 2);
        assertArrayEquals(new float[] {30, 1}, targets, 1e-5f);
        assertRefused(() -> Normalization.standardizeTargets(numbered(3)), "numbers as targets");
    }
}
