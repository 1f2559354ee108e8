package dev.junco.trainer.cli;

import static dev.junco.trainer.cli.CommandRun.of;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Model;
import dev.junco.trainer.data.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From data files to answers, one command after the other. */
class PipelineTest {
    @TempDir
    Path folder;

    @Test
    void tableToAnswers() throws IOException {
        Path data = DataFiles.trees(folder.resolve("trees.csv"), 120);
        Path model = folder.resolve("trees.junco");
        Path curve = folder.resolve("curve.png");
        of("train", "--data", data, "--network", DataFiles.description(folder.resolve("small.yaml")), "--out", model)
                .succeeds()
                .tells(
                        "Network: \"small\"",
                        "dense (Dense)      (batch, 12)",
                        "120 samples to train on",
                        "Wrote " + model);
        of("train", "--data", data, "--continue", model, "--epochs", 2, "--validation", 0.25, "--out", model)
                .succeeds()
                .tells("90 samples to train on, 30 for validation");
        of("train", "--data", data, "--test", data, "--continue", model, "--out", model, "--curve", curve)
                .succeeds()
                .tells("120 for the test", "Test: loss ", "accuracy ", "Wrote " + model, "Wrote " + curve);
        assertNotNull(ImageIO.read(curve.toFile()));
        of("inspect", model, "--arena", "--self-test")
                .succeeds()
                .tells(
                        "input        features: float32 1×4",
                        "labels       ash, elm, oak",
                        "FullyConnected",
                        "total",
                        "plain kernels: no self-test");
        of("evaluate", model, "--data", data).succeeds().tells("120 samples, accuracy ", "most often taken for");
        of("run", model, data, "--ignore", "tree", "--top", 1).succeeds().tells("trees.csv [119]", "oak ");
        assertEquals(List.of("curve.png", "small.yaml", "trees.csv", "trees.junco"), DataFiles.names(folder));
    }

    @Test
    void everyPrecisionRuns() throws IOException {
        Path data = DataFiles.bars(folder.resolve("bars"), 200, 50);
        Path model = folder.resolve("bars.junco");
        Path network = DataFiles.description(folder.resolve("small.yaml"));
        of("train", "--data", data, "--network", network, "--out", model)
                .succeeds()
                .tells("Test: ");
        Path picture = DataFiles.uprightBar(folder.resolve("bar.png"));
        long before = Files.size(model);
        for (String precision : List.of("float32", "float16", "int8-weights", "int8")) {
            Path device = folder.resolve(precision + ".junco");
            of("convert", model, device, "--quantize", precision, "--data", data, "--max-drop", 0.05)
                    .succeeds()
                    .tells("accuracy", "same answer", "Wrote " + device);
            of("evaluate", device, "--data", data, "--threads", 2).succeeds().tells("50 samples, accuracy 9");
            of("inspect", device, "--self-test").succeeds().tells("Softmax", "plain kernels: self-test passed");
            of("run", device, picture)
                    .succeedsSaying("bar.png was resized from 16×16 to 8×8 pixels")
                    .tells(picture + "  0 9");
            of("benchmark", device, "--runs", 10, "--warm-up", 0, "--profile")
                    .succeeds()
                    .tells("10 runs", "latency      p50 ", "allocation   ", "kernels ", "share");
        }
        assertTrue(Files.size(folder.resolve("int8.junco")) < before);
        assertTrue(Files.size(folder.resolve("float16.junco")) < Files.size(folder.resolve("float32.junco")));
        of("convert", model, folder.resolve("io.junco"), "--quantize", "INT8", "--data", data, "--int8-io")
                .succeeds();
        of("run", folder.resolve("io.junco"), picture, picture)
                .succeedsSaying("resized", "and 1 more")
                .tells(picture + "  0 9");
    }

    @Test
    void arraysInAndOut() throws IOException {
        Path model = DataFiles.barModel(folder.resolve("bars.junco"));
        Path input = folder.resolve("input.npy");
        Path output = folder.resolve("output.npy");
        NpyFile.write(input, new float[3 * 64], 3, 8, 8, 1);
        of("run", model, input, input, "--out", output).succeeds().tells("input.npy [2]");
        NpyFile answers = NpyFile.read(output);
        assertArrayEquals(new int[] {6, 2}, answers.dims());
        assertEquals(1, answers.toFloats()[0] + answers.toFloats()[1], 1e-5);
    }

    @Test
    void numbersArePredicted() {
        Path data = DataFiles.line(folder.resolve("line.csv"), 100);
        Path model = folder.resolve("line.junco");
        of("train", "--data", data, "--regression", "--preset", "mlp", "--learning-rate", 0.01, "--out", model)
                .succeeds();
        of("evaluate", model, "--data", data).succeeds().tells("100 samples, mean absolute error 0.");
        of("convert", model, folder.resolve("device.junco"), "--quantize", "int8", "--data", data)
                .succeeds()
                .tells("mean squared error");
        of("run", model, data, "--ignore", "3").succeeds().tells("line.csv [99]");
        assertEquals(List.of(), Model.load(model).metadata().labels());
    }

    /** A file that lacks a class, or names the classes by number, must not shift the others. */
    @Test
    void classesAreNumberedAsTheModelNumbersThem() {
        Path model = DataFiles.treeModel(folder.resolve("trees.junco"));
        Path data = DataFiles.trees(folder.resolve("trees.csv"), 60);
        Path fewer = folder.resolve("fewer.csv");
        Path numbered = folder.resolve("numbered.csv");
        StringBuilder withoutAsh = new StringBuilder();
        StringBuilder numbers = new StringBuilder();
        for (String row : read(data).lines().toList()) {
            withoutAsh.append(row.endsWith("ash") ? "" : row + "\n");
            numbers.append(row.replace("ash", "0").replace("elm", "1").replace("oak", "2"))
                    .append('\n');
        }
        DataFiles.write(fewer, withoutAsh.toString());
        DataFiles.write(numbered, numbers.toString());
        String accuracy = "accuracy 100.00 %";
        of("evaluate", model, "--data", data).succeeds().tells(accuracy);
        of("evaluate", model, "--data", fewer).succeeds().tells(accuracy);
        of("evaluate", model, "--data", numbered).succeeds().tells(accuracy);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
