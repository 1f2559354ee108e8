package dev.junco.trainer.data;

import static dev.junco.trainer.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.Normalization.Axis;
import org.junit.jupiter.api.Test;

class NormalizationTest {
    /** Two samples of 1×2 pixels with 2 channels. */
    private static final Dataset IMAGES =
            Dataset.unlabelled(new float[] {0, 10, 2, 10, 4, 10, 6, 10}, Shape.of(1, 2, 2));

    private static float[] first(Dataset data) {
        float[] values = new float[data.featureCount()];
        data.copyFeatures(0, values, 0);
        return values;
    }

    @Test
    void scaleMultiplies() {
        assertArrayEquals(new float[] {0, 1, 0.2f, 1}, first(IMAGES.normalized(Normalization.scale(0.1f))), 1e-6f);
    }

    @Test
    void standardizesChannelsFeaturesAndAll() {
        Normalization channels = Normalization.standardize(IMAGES, Axis.CHANNEL);
        assertArrayEquals(new float[] {3, 10}, channels.mean());
        assertArrayEquals(new float[] {(float) (1 / Math.sqrt(5)), 1}, channels.scale());
        Normalization features = Normalization.standardize(IMAGES, Axis.FEATURE);
        assertArrayEquals(new float[] {2, 10, 4, 10}, features.mean());
        assertArrayEquals(new float[] {-1, 0, -1, 0}, first(IMAGES.normalized(features)));
        assertArrayEquals(
                new float[] {6.5f}, Normalization.standardize(IMAGES, Axis.ALL).mean());
    }

    @Test
    void minMaxBringsValuesToZeroToOne() {
        Normalization fitted = Normalization.minMax(IMAGES, Axis.FEATURE);
        float[] last = new float[4];
        IMAGES.normalized(fitted).copyFeatures(1, last, 0);
        assertArrayEquals(new float[] {1, 0, 1, 0}, last);
        assertArrayEquals(new float[] {0, 0, 0, 0}, first(IMAGES.normalized(fitted)));
    }

    @Test
    void fitsToValuesAsStored() {
        Dataset normal = IMAGES.normalized(Normalization.scale(100));
        assertEquals(Normalization.minMax(IMAGES, Axis.ALL), Normalization.minMax(normal, Axis.ALL));
    }

    @Test
    void constantFeaturesOnlyLoseTheirMean() {
        float[] values = new float[1000];
        java.util.Arrays.fill(values, 0.1f);
        Normalization fitted = Normalization.standardize(Dataset.unlabelled(values, Shape.of(1)), Axis.FEATURE);
        assertArrayEquals(new float[] {0.1f}, fitted.mean());
        assertArrayEquals(new float[] {1}, fitted.scale());
    }

    @Test
    void keepsDigitsFarFromZero() {
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1_000_000 + i % 2;
        }
        Normalization fitted = Normalization.standardize(Dataset.unlabelled(values, Shape.of(1)), Axis.ALL);
        assertEquals(2, fitted.scale()[0], 1e-5f);
    }

    @Test
    void undoTakesItBack() {
        Normalization fitted = Normalization.standardize(IMAGES, Axis.FEATURE);
        float[] values = {0, 10, 2, 10};
        fitted.apply(values, 0, 4);
        fitted.undo(values, 0, 4);
        assertArrayEquals(new float[] {0, 10, 2, 10}, values, 1e-5f);
    }

    @Test
    void agreesWithWhatADeviceWillDo() {
        Normalization fitted = Normalization.standardize(IMAGES, Axis.CHANNEL);
        float[] device = {0, 10, 2, 10};
        fitted.toPreprocessing("image").apply(device, 0, 4);
        assertArrayEquals(first(IMAGES.normalized(fitted)), device);
    }

    @Test
    void refusesNumbersThatCannotWork() {
        assertRefused(() -> Normalization.scale(0), "scale 0.0", "not 0");
        assertRefused(() -> Normalization.scale(Float.NaN), "NaN");
        float[] three = {1, 1, 1};
        assertRefused(
                () -> IMAGES.normalized(new Normalization(Normalization.Kind.SCALE, three, three)),
                "3 features",
                "1×2×2");
        Dataset empty = IMAGES.subset(new int[0]);
        assertRefused(() -> Normalization.standardize(empty, Axis.ALL), "without samples");
    }

    @Test
    void equalityLooksAtTheNumbers() {
        assertEquals(Normalization.scale(2), Normalization.scale(2));
        assertEquals(Normalization.scale(2).hashCode(), Normalization.scale(2).hashCode());
        assertTrue(Normalization.none().isIdentity());
        assertEquals("scale: (x - 0.0) * 2.0", Normalization.scale(2).toString());
    }
}
