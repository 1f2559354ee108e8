package dev.junco.trainer.cli;

import static dev.junco.trainer.cli.CommandRun.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.junco.runtime.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
    @TempDir
    Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void files() {
        data = DataFiles.trees(folder.resolve("trees.csv"), 75);
        out = folder.resolve("out.junco");
    }

    @Test
    void oneSeedGivesOneFileWithAnyNumberOfThreads() throws Exception {
        Path network = DataFiles.description(folder.resolve("small.yaml"));
        String[] digests = new String[3];
        for (int i = 0; i < digests.length; i++) {
            Path file = folder.resolve(i + ".junco");
            of("train", "--data", data, "--network", network, "--out", file, "--seed", 5, "--threads", 1 + i % 2)
                    .succeeds();
            digests[i] = sha256(file);
        }
        assertEquals(digests[0], digests[1]);
        assertEquals(digests[0], digests[2]);
        of("train", "--data", data, "--network", network, "--out", out, "--seed", 6, "--threads", 1)
                .succeeds();
        assertNotEquals(digests[0], sha256(out));
    }

    @Test
    void oneModelConvertsToOneFile() throws Exception {
        Path model = DataFiles.treeModel(folder.resolve("trees.junco"));
        for (String name : new String[] {"a", "b"}) {
            of("convert", model, folder.resolve(name), "--quantize", "int8", "--data", data)
                    .succeeds();
        }
        assertEquals(sha256(folder.resolve("a")), sha256(folder.resolve("b")));
    }

    @Test
    void batchesLargerThanTheDataAreTheData() {
        of("train", "--data", data, "--preset", "mlp", "--epochs", 1, "--batch", Integer.MAX_VALUE, "--out", out)
                .succeeds();
    }

    @Test
    void presetsTakeTheirClassesFromTheData() {
        of("train", "--data", data, "--preset", "mlp", "--epochs", 1, "--out", out)
                .succeeds();
        assertEquals(3, Model.load(out).outputs().get("probabilities").shape().dim(-1));
    }

    @Test
    void continuingKeepsTheScalingOfTheModel() {
        Path shifted =
                DataFiles.write(folder.resolve("shifted.csv"), "a,b,c,d,tree\n90,91,92,93,oak\n94,95,96,99,ash\n");
        Path model = DataFiles.treeModel(folder.resolve("trees.junco"));
        of("train", "--data", shifted, "--continue", model, "--epochs", 1, "--out", out)
                .succeeds();
        Model before = Model.load(model);
        Model after = Model.load(out);
        assertEquals(before.metadata().preprocessing(), after.metadata().preprocessing());
        assertEquals(before.metadata().labels(), after.metadata().labels());
        of("train", "--data", shifted, "--continue", model, "--scaling", "none", "--out", out)
                .fails(2, "--scaling");
    }

    @Test
    void doesNotContinueFromDeviceFiles() throws IOException {
        Path model = DataFiles.treeModel(folder.resolve("trees.junco"));
        Path device = folder.resolve("device.junco");
        of("convert", model, device, "--quantize", "int8", "--data", data).succeeds();
        of("train", "--data", data, "--continue", device, "--out", out).fails(1, "int8", "file that training wrote");
        of("convert", model, device).succeeds();
        of("train", "--data", data, "--continue", device, "--out", out)
                .fails(1, "no weights to train", "converted for a device");
        assertFalse(Files.exists(out));
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs, 0",
        "--epochs, -1",
        "--epochs, 1.5",
        "--epochs, many",
        "--epochs, 99999999999",
        "--batch, 0",
        "--batch, -5",
        "--threads, 0",
        "--threads, -1",
        "--patience, 0",
        "--learning-rate, 0",
        "--learning-rate, -1",
        "--learning-rate, NaN",
        "--learning-rate, Infinity",
        "--validation, 1.5",
        "--validation, 1",
        "--validation, -0.1",
        "--validation, NaN",
        "--seed, x",
        "--scaling, sideways",
        "--out-file, x",
        "--presett, mlp"
    })
    void refusesOptionsOutOfRange(String option, String value) throws IOException {
        refused(of("train", "--data", data, "--preset", "mlp", "--out", out, option, value)
                .fails(2, option));
    }

    @Test
    void patienceNeedsValidation() throws IOException {
        refused(of("train", "--data", data, "--preset", "mlp", "--out", out, "--patience", 3)
                .fails(2, "--validation"));
    }

    @Test
    void refusesTooManyThreadsAndHugeRates() throws IOException {
        refused(of("train", "--data", data, "--preset", "mlp", "--out", out, "--learning-rate", "1e30")
                .fails(1, "learning rate"));
        refused(of("train", "--data", data, "--preset", "mlp", "--out", out, "--validation", "0.999")
                .fails(1));
    }

    @Test
    void namesThePresets() throws IOException {
        refused(of("train", "--data", data, "--preset", "resnet", "--out", out).fails(2, "'resnet'", "mlp, cnn"));
    }

    @Test
    void tellsThatTableRowsAreNoImages() throws IOException {
        refused(of("train", "--data", data, "--preset", "cnn", "--out", out).fails(1, "conv2d", "--shape"));
        refused(of("train", "--data", data, "--preset", "mlp", "--shape", "2,3", "--out", out)
                .fails(1, "4 values", "6"));
        refused(of("train", "--data", data, "--preset", "mlp", "--shape", "0,4", "--out", out)
                .fails(1, "at least 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layers: [dence: 3]|layer 1|there is no layer 'dence'|dense",
                "layers: [dense: {unit: 3}]|layer 1 (dense)|'units' is missing",
                "layers: [dense: {units: 3, activasion: relu}]|no option 'activasion'|activation",
                "layers: [dense: {units: three}]|'units' is 'three'|whole number",
                "layers: [dense: 0]|'units' is '0'|at least 1",
                "layers: [dense: {units: 3, activation: swish2}]|'activation' is 'swish2'|relu",
                "layers: [flatten, dropout: 1.5]|layer 2 (dropout)|1.5",
                "layers: [dense: {units: 3, l2: -1}]|layer 1 (dense)|-1",
                "layers: [output: 3]|layer 1|output",
                "layers: [~]|layer 1",
                "layers: []|'layers'|a list of layers",
                "layers: 5|'layers' is '5'|a list of layers",
                "layerz: [dense: 3]|'layers' is missing",
                "hello|expected a list of options",
                "|'layers' is missing",
                "layers: [dense: {units: 3]|expected",
                "a: &x [*x]|'layers' is missing",
                "{layers: [output], training: {epochs: 0}}|training|'epochs' is '0'",
                "{layers: [output], training: {optimizer: sdg}}|'optimizer' is 'sdg'|adam, sgd or momentum",
                "{layers: [output], training: {learning_rate: -1}}|'learning_rate'",
                "{layers: [output], training: {learning_rate: 1e-60}}|'learning_rate'",
                "{layers: [output], training: {optimizer: momentum, momentum: 2}}|momentum",
                "{layers: [output], training: fast}|training|expected a list of options",
                "{layers: [output], trainin: {epochs: 1}}|no option 'trainin'",
                "!thing {layers: [output]}|network.yaml",
                "layers: [dense: 3, output]\nlayers: [output]|layers",
            })
    void refusesDescriptions(String texts) throws IOException {
        String[] parts = texts.split("[|]");
        Path network = DataFiles.write(folder.resolve("network.yaml"), parts[0]);
        parts[0] = "network.yaml";
        refused(of("train", "--data", data, "--network", network, "--out", out).fails(1, parts));
    }

    @Test
    void refusesDescriptionsThatAreNoText() throws IOException {
        Path picture = DataFiles.uprightBar(folder.resolve("bar.png"));
        refused(of("train", "--data", data, "--network", picture, "--out", out).fails(1, "bar.png", "YAML"));
        refused(of("train", "--data", data, "--network", folder, "--out", out).fails(1, "is a folder"));
        Path missing = folder.resolve("missing.yaml");
        refused(of("train", "--data", data, "--network", missing, "--out", out).fails(1, "no such file"));
    }

    @Test
    void refusesDescriptionsThatAreNestedWithoutEnd() throws IOException {
        Path network = DataFiles.write(folder.resolve("deep.yaml"), "[".repeat(200_000));
        refused(of("train", "--data", data, "--network", network, "--out", out).fails(1));
    }

    private void refused(CommandRun run) throws IOException {
        assertFalse(Files.exists(out), run.err());
        for (String name : DataFiles.names(folder)) {
            assertFalse(name.contains("part"), name);
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
