package dev.junco.trainer.cli;

import static dev.junco.trainer.cli.CommandRun.of;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadModelTest {
    @TempDir
    Path folder;

    private Path good;
    private Path bad;
    private Path data;
    private Path target;

    @BeforeEach
    void files() {
        good = DataFiles.treeModel(folder.resolve("good.junco"));
        bad = folder.resolve("bad.junco");
        data = DataFiles.trees(folder.resolve("trees.csv"), 30);
        target = folder.resolve("target.junco");
    }

    @Test
    void missingModels() throws IOException {
        refusedByAll(1, "bad.junco", "no such file");
    }

    @Test
    void foldersInPlaceOfModels() throws IOException {
        Files.createDirectory(bad);
        refusedByAll(1, "bad.junco", "is a folder");
    }

    @Test
    void foreignFiles() throws IOException {
        DataFiles.uprightBar(bad);
        refusedByAll(1, "bad.junco", "no Junco model");
        DataFiles.write(bad, "");
        refusedByAll(1, "bad.junco", "no Junco model");
        DataFiles.write(bad, "hello");
        refusedByAll(1, "bad.junco", "no Junco model");
    }

    @Test
    void truncatedModels() throws IOException {
        byte[] whole = Files.readAllBytes(good);
        for (int length : new int[] {1, 8, 64, 1000, whole.length / 2, whole.length - 1}) {
            Files.write(bad, Arrays.copyOf(whole, length));
            of("inspect", bad).fails(1, "bad.junco");
        }
        refusedByAll(1, "bad.junco");
    }

    @Test
    void damagedModels() throws IOException {
        byte[] whole = Files.readAllBytes(good);
        for (int at = 0; at < whole.length; at += 97) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(bad, damaged);
            of("inspect", bad).fails(1, "bad.junco");
        }
        refusedByAll(1, "bad.junco");
    }

    @Test
    void outputsThatCannotBeWritten() throws IOException {
        Path folderAsTarget = Files.createDirectory(folder.resolve("taken"));
        Path below = folder.resolve("nowhere/target.junco");
        Path belowFile = good.resolve("target.junco");
        for (Path path : List.of(below, belowFile)) {
            unwritten(path, "there is no folder");
        }
        unwritten(folderAsTarget, "is a folder");
        assertEquals(List.of("good.junco", "taken", "trees.csv"), DataFiles.names(folder));
        of("quickstart", "--folder", good).fails(1, "is a file");
        of("quickstart", "--folder", belowFile).fails(1, "good.junco");
        of("quickstart", "--epochs", 0).fails(2, "--epochs");
    }

    @Test
    void readOnlyFolders() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeTrue(
                locked.toFile().setWritable(false) && !Files.isWritable(locked), "nothing is forbidden to this user");
        unwritten(locked.resolve("target.junco"), "cannot be written");
        assertEquals(List.of(), DataFiles.names(locked));
    }

    /** Writing to another name and renaming would put a file in place of the device. */
    @Test
    void devicesAreNotReplaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        assumeTrue(
                new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor() == 0);
        unwritten(pipe, "no ordinary file");
        assertEquals(false, Files.isRegularFile(pipe));
    }

    @Test
    void oneFileForTwoOutputs() throws IOException {
        of("train", "--data", data, "--preset", "mlp", "--out", target, "--curve", folder.resolve("./target.junco"))
                .fails(1, "twice");
        assertEquals(List.of("good.junco", "trees.csv"), DataFiles.names(folder));
    }

    @Test
    void conversionsThatLoseTooMuch() throws IOException {
        // Noise tells a network nothing that int8 could keep.
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            noise.append(i % 7 * 1e-3).append(',').append(i % 5 * 1e-3).append(',');
            noise.append(i % 3 * 1e-3).append(',').append(i % 2 * 1e-3).append(',');
            noise.append(DataFiles.TREES.get(i % 3)).append('\n');
        }
        Path small = DataFiles.write(folder.resolve("small.csv"), noise.toString());
        Path wide = DataFiles.write(folder.resolve("wide.csv"), noise + "1e6,-1e6,1e6,-1e6,oak\n");
        of("train", "--data", small, "--preset", "mlp", "--epochs", 3, "--out", bad)
                .succeeds();
        Files.writeString(target, "before");
        of(
                        "convert",
                        bad,
                        target,
                        "--quantize",
                        "int8",
                        "--data",
                        wide,
                        "--test",
                        small,
                        "--max-drop",
                        0,
                        "--ranges",
                        "min_max")
                .fails(3, "accuracy", "points", "nothing was written");
        assertEquals("before", Files.readString(target));
    }

    @Test
    void conversionOptionsOutOfRange() throws IOException {
        refused(2, "--quantize", "convert", good, target, "--quantize", "int7");
        refused(2, "float16, int8-weights", "convert", good, target, "--quantize", "int7");
        refused(2, "needs --data", "convert", good, target, "--quantize", "int8");
        refused(2, "needs --data", "convert", good, target, "--max-drop", 0.1);
        refused(2, "--max-drop", "convert", good, target, "--data", data, "--max-drop", 5);
        refused(2, "--max-drop", "convert", good, target, "--data", data, "--max-drop", "NaN");
        refused(2, "--max-drop", "convert", good, target, "--data", data, "--max-drop", -1);
        refused(2, "--calibration-samples", "convert", good, target, "--data", data, "--calibration-samples", 0);
        refused(2, "--data", "convert", good, target, "--label", "tree");
        refused(2, "--ranges", "convert", good, target, "--ranges", "x");
        refused(2, "extra", "convert", good, target, "extra");
    }

    @Test
    void benchmarkOptionsOutOfRange() throws IOException {
        refused(2, "--runs", "benchmark", good, "--runs", 0);
        refused(2, "--warm-up", "benchmark", good, "--warm-up", -1);
        refused(2, "--threads", "benchmark", good, "--threads", 0);
        refused(1, "1024", "benchmark", good, "--threads", 5000);
        refused(2, "--batch", "benchmark", good, "--batch", -1);
        refused(2, "--kernels", "benchmark", good, "--kernels", "cuda");
        refused(1, "", "benchmark", good, "--batch", Integer.MAX_VALUE);
        refused(2, "--threads", "evaluate", good, "--data", data, "--threads", 0);
    }

    @Test
    void quantisedModelsAreNotQuantisedAgain() throws IOException {
        of("convert", good, bad, "--quantize", "int8", "--data", data).succeeds();
        refused(1, "int8 already", "convert", bad, target, "--quantize", "int8", "--data", data);
    }

    @Test
    void whatIsReadIsNotReplaced() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.junco"), good);
        spared(good, "convert", good, good, "--quantize", "float16");
        spared(good, "convert", good, folder.resolve("./good.junco"), "--quantize", "float16");
        spared(good, "convert", good, link, "--quantize", "float16");
        spared(good, "convert", link, good, "--quantize", "float16");
        spared(good, "run", good, data, "--ignore", "tree", "--out", good);
        spared(good, "evaluate", good, "--data", data, "--confusion", good);
        spared(data, "convert", good, data, "--quantize", "int8", "--data", data);
        spared(data, "run", good, data, "--ignore", "tree", "--out", data);
        spared(data, "evaluate", good, "--data", data, "--confusion", data);
        spared(data, "train", "--data", data, "--preset", "mlp", "--out", data);
        spared(data, "train", "--data", data, "--preset", "mlp", "--out", target, "--curve", data);
        spared(good, "train", "--data", data, "--continue", good, "--out", target, "--curve", good);
        Path labels = DataFiles.write(folder.resolve("labels.txt"), "ash\nelm\noak\n");
        spared(labels, "convert", good, labels, "--labels", labels);
        Path network = DataFiles.description(folder.resolve("small.yaml"));
        spared(network, "train", "--data", data, "--network", network, "--out", network);
    }

    private void spared(Path file, Object... arguments) throws IOException {
        byte[] before = Files.readAllBytes(file);
        refused(1, "is read and would be replaced", arguments);
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    private void unwritten(Path path, String part) throws IOException {
        byte[] before = Files.readAllBytes(good);
        of("train", "--data", data, "--preset", "mlp", "--out", path).fails(1, part);
        of("train", "--data", data, "--preset", "mlp", "--out", target, "--curve", path)
                .fails(1, part);
        of("convert", good, path).fails(1, part);
        of("run", good, data, "--ignore", "tree", "--out", path).fails(1, part);
        of("evaluate", good, "--data", data, "--confusion", path).fails(1, part);
        assertArrayEquals(before, Files.readAllBytes(good));
    }

    private void refused(int code, String part, Object... arguments) throws IOException {
        List<String> before = DataFiles.names(folder);
        of(arguments).fails(code, part);
        assertEquals(before, DataFiles.names(folder));
    }

    private void refusedByAll(int code, String... parts) throws IOException {
        List<String> before = DataFiles.names(folder);
        of("inspect", bad).fails(code, parts);
        of("evaluate", bad, "--data", data).fails(code, parts);
        of("run", bad, data).fails(code, parts);
        of("benchmark", bad).fails(code, parts);
        of("convert", bad, target).fails(code, parts);
        of("train", "--continue", bad, "--data", data, "--out", target).fails(code, parts);
        assertEquals(before, DataFiles.names(folder));
    }
}
