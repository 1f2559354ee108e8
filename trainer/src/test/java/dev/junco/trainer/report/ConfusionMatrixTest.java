package dev.junco.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

    /** The example of scikit-learn's classification_report: true 0 1 2 2 2, predicted 0 0 2 2 1. */
    private static ConfusionMatrix example() {
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("class 0", "class 1", "class 2"));
        int[] actual = {0, 1, 2, 2, 2};
        int[] predicted = {0, 0, 2, 2, 1};
        for (int i = 0; i < actual.length; i++) {
            matrix.add(actual[i], predicted[i]);
        }
        return matrix;
    }

    @Test
    void agreesWithTheKnownExample() {
        ConfusionMatrix matrix = example();
        assertEquals(0.6, matrix.accuracy(), 1e-12);
        assertEquals(0.5, matrix.precision(0), 1e-12);
        assertEquals(1.0, matrix.recall(0), 1e-12);
        assertEquals(2 / 3.0, matrix.f1(0), 1e-12);
        assertEquals(0, matrix.f1(1));
        assertEquals(1.0, matrix.precision(2), 1e-12);
        assertEquals(2 / 3.0, matrix.recall(2), 1e-12);
        assertEquals(0.8, matrix.f1(2), 1e-12);
        assertEquals((2 / 3.0 + 0.8) / 3, matrix.macroF1(), 1e-12);
        assertEquals(3, matrix.support(2));
        assertEquals(5, matrix.total());
        assertEquals(1, matrix.count(2, 1));
    }

    @Test
    void printsTables() {
        assertEquals("""
            is \\ taken for  class 0  class 1  class 2
            -----------------------------------------
            class 0               1        0        0
            class 1               1        0        0
            class 2               0        1        2
            """, example().toString());
        String row = "class 2 +100\\.0 % +66\\.7 % +80\\.0 % +3 +class 1 \\(1\\)";
        assertTrue(example().report().lines().anyMatch(line -> line.matches(row)), example()::report);
    }

    @Test
    void emptyMatrixHasRatiosOfZero() {
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("a"));
        assertEquals(0, matrix.accuracy());
        assertEquals(0, matrix.macroF1());
        assertThrows(IllegalArgumentException.class, () -> new ConfusionMatrix(List.of()));
    }

    @Test
    void pictureStaysOfASizeThatCanBeLookedAt() {
        for (int classes : new int[] {1, 10, 100, 1000}) {
            var image = new ConfusionMatrix(Collections.nCopies(classes, "name")).image();
            assertTrue(
                    image.getWidth() <= 2300 && image.getHeight() <= 2300, classes + " classes: " + image.getWidth());
        }
    }
}
