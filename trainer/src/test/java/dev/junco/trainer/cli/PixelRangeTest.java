package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.converter.ModelFiles;
import dev.junco.runtime.Model;
import dev.junco.runtime.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of another framework, trained on pixels from 0 to 1, whose file does not say so. */
class PixelRangeTest {
    private static final String HINT = "tell it so: --pixels 0..1";

    @TempDir
    Path folder;

    private static Path data(String path) {
        String root = System.getenv("JUNCO_DATA");
        assumeTrue(root != null && Files.exists(Path.of(root, path)), "JUNCO_DATA does not lead to " + path);
        return Path.of(root, path);
    }

    private static Path clothes() {
        return data("keras/v3/fashion-cvishakh/fashion_mnist_model.tflite");
    }

    private Path picture() throws IOException {
        File file = folder.resolve("grey.png").toFile();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", file);
        return file.toPath();
    }

    @Test
    void theAccuracyIsThatOfTheTraining() {
        Path images = data("fashion-mnist");
        CommandRun.of("evaluate", clothes(), "--data", images, "--pixels", "0..1")
                .succeeds()
                .tells("90.7");
    }

    @Test
    void whatPixelsBecomeIsWrittenIntoTheFile() {
        Path converted = folder.resolve("clothes.junco");
        CommandRun.of("convert", clothes(), converted, "--pixels", "-1..1").succeeds();
        Model model = ModelFiles.read(converted);
        Preprocessing step = model.metadata().preprocessing().get(0);
        assertEquals(-1, step.apply(0, 0), 1e-6);
        assertEquals(0, step.apply(127.5f, 0), 1e-6);
        assertEquals(1, step.apply(255, 0), 1e-6);
    }

    @Test
    void picturesForAModelThatDoesNotSayWhatItTakesAreMentioned() throws IOException {
        Path picture = picture();
        Path model = clothes();
        CommandRun.of("run", model, picture).succeedsSaying(HINT);
        CommandRun told =
                CommandRun.of("run", model, picture, "--pixels", "0..1").succeeds();
        Path converted = folder.resolve("clothes.junco");
        CommandRun.of("convert", model, converted, "--pixels", "0..1").succeeds();
        CommandRun recorded = CommandRun.of("run", converted, picture).succeeds();
        assertEquals(told.out(), recorded.out());
    }

    @Test
    void whatIsNoRangeIsRefused() {
        Path target = folder.resolve("out.junco");
        for (String wrong : new String[] {"1", "0..", "a..b", "1..1", "0..1..2", "0...1"}) {
            CommandRun.of("convert", "in.junco", target, "--pixels", wrong)
                    .fails(2, "'" + wrong + "' is no range; expected what 0 and 255 become, for example 0..1 or -1..1");
        }
    }
}
