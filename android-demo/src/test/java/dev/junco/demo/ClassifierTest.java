package dev.junco.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.format.ModelWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of the app knows nothing of Android. */
class ClassifierTest {
    @Test
    void answersAsTheDesktopDidWhenTheModelWasMade() throws IOException {
        Classifier classifier = classifier();
        for (Golden golden : Golden.all()) {
            float[] probabilities = classifier.classify(golden.pixels());
            assertEquals(
                    golden.bits(),
                    Golden.bits(probabilities),
                    classifier.labels().get(golden.label()));
        }
    }

    @Test
    void theModelPassesItsSelfTestToTheLastBit() throws IOException {
        Model model = classifier().model();
        assertEquals("self-test passed", model.selfTest().toString());
        assertEquals(List.of(0f), model.content().recording().tolerances());
    }

    @Test
    void refusesAModelWithoutLabels() throws IOException {
        Model model = Model.load(Golden.model());
        Model unnamed = Model.of(model.graph(), Metadata.EMPTY);
        assertTrue(assertThrows(ModelFormatException.class, () -> reloaded(unnamed))
                .getMessage()
                .contains("0 labels"));
    }

    @Test
    void recordedDrawingsAreRecognised() throws IOException {
        Classifier classifier = classifier();
        List<Drawings.Drawing> drawings = drawings();
        assertTrue(drawings.size() >= 8);
        for (Drawings.Drawing drawing : drawings) {
            float[] pixels = new float[Raster.SIDE * Raster.SIDE];
            new Raster().draw(drawing.strokes(), pixels);
            classifier.classify(pixels);
            assertEquals(drawing.label(), classifier.top(1).get(0).label());
        }
    }

    @Test
    void aDrawingIsScaledAndCentred() {
        Strokes small = square(0.4f, 0.5f);
        Strokes large = square(0.1f, 0.9f);
        float[] ofSmall = new float[Raster.SIDE * Raster.SIDE];
        float[] ofLarge = ofSmall.clone();
        Raster raster = new Raster();
        raster.draw(large, ofLarge);
        assertEquals(Raster.INK, ofLarge[0], 0.2f, "filled to the corner");
        raster.draw(small, ofSmall);
        assertEquals(0, ofSmall[0], "not enlarged beyond four times");
        assertEquals(Raster.INK, ofSmall[14 * Raster.SIDE + 14], "what lines enclose is filled");
    }

    @Test
    void anOpenLineIsNotFilled() {
        Strokes open = new Strokes();
        open.begin(0.1f, 0.1f);
        open.extend(0.1f, 0.9f);
        open.extend(0.9f, 0.9f);
        float[] pixels = new float[Raster.SIDE * Raster.SIDE];
        new Raster().draw(open, pixels);
        assertEquals(0, pixels[14 * Raster.SIDE + 14]);
        assertEquals(Raster.INK, pixels[27 * Raster.SIDE + 14], 0.4f);
    }

    @Test
    void strokesSurviveAsNumbers() {
        Strokes strokes = square(0.2f, 0.7f);
        strokes.begin(1, 0);
        Strokes again = Strokes.of(strokes.toArray());
        assertArrayEquals(strokes.toArray(), again.toArray());
        assertTrue(again.begins(0) && again.begins(again.size() - 1));
        assertFalse(again.begins(1));
        assertEquals(1f, again.x(again.size() - 1));
        assertEquals(0f, again.y(again.size() - 1));
        again.undo();
        assertEquals(5, again.size());
        again.undo();
        again.undo();
        assertTrue(again.isEmpty());
    }

    @Test
    void noDrawingGrowsBeyondWhatAProcessMaySave() {
        Strokes strokes = new Strokes();
        for (int i = 0; i < 2 * Strokes.MAX_POINTS; i++) {
            strokes.begin(i % 2, 0.5f);
        }
        assertEquals(Strokes.MAX_POINTS, strokes.size());
    }

    @Test
    void aRestingFingerAddsNothing() {
        Strokes strokes = new Strokes();
        strokes.begin(0.5f, 0.5f);
        assertFalse(strokes.extend(0.501f, 0.5f));
        assertTrue(strokes.extend(0.51f, 0.5f));
        assertEquals(2, strokes.size());
    }

    @Test
    void countsAllocationOfTheQuietestPart() throws IOException {
        long[] counter = {0};
        Benchmark noisy = Benchmark.measure(classifier(), () -> counter[0] += counter[0] == 0 ? 80 : 400_000);
        assertTrue(noisy.p50() > 0 && noisy.p50() <= noisy.p90());
        assertEquals(10_000, noisy.allocated());
        assertEquals(-1, Benchmark.measure(classifier(), () -> -1).allocated());
    }

    static List<Drawings.Drawing> drawings() throws IOException {
        try (var stream = Files.newInputStream(Golden.model().resolveSibling("drawings.txt"))) {
            return Drawings.read(stream);
        }
    }

    private static Strokes square(float from, float to) {
        Strokes strokes = new Strokes();
        strokes.begin(from, from);
        strokes.extend(to, from);
        strokes.extend(to, to);
        strokes.extend(from, to);
        strokes.extend(from, from);
        return strokes;
    }

    private static Classifier classifier() throws IOException {
        return Classifier.of(ByteBuffer.wrap(Files.readAllBytes(Golden.model())));
    }

    private static Classifier reloaded(Model model) {
        return Classifier.of(ByteBuffer.wrap(ModelWriter.toBytes(model.content())));
    }
}
