package dev.junco.trainer.cli;

import static dev.junco.trainer.cli.CommandRun.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadDataTest {
    @TempDir
    Path folder;

    private Path model;
    private Path data;

    @BeforeEach
    void files() {
        model = DataFiles.treeModel(folder.resolve("model.junco"));
        data = folder.resolve("data.csv");
    }

    @Test
    void missingData() throws IOException {
        refused("nowhere.csv", "no such file or folder", "--data");
        refused(folder.resolve("a/b/c").toString(), "no such file or folder");
    }

    @Test
    void emptyTables() throws IOException {
        refusedTable("", "is empty");
        refusedTable("\n\n", "is empty");
        refusedTable("a,b,c,d,tree\n", "data.csv:1:1", "Is this row a header?");
    }

    @Test
    void fieldsThatAreNoNumbers() throws IOException {
        refusedTable("a,b,c,d,tree\n1,2,NaN,4,oak\n", "data.csv:2:3 (c)", "'NaN'");
        refusedTable("a,b,c,d,tree\n1,2,3,4,oak\n1,,3,4,oak\n", "data.csv:3:2 (b)", "missing");
        refusedTable("a,b,c,d,tree\n1,2,three,4,oak\n", "data.csv:2:3 (c)", "'three'");
        refusedTable("a,b,c,d,tree\n1,2,Infinity,4,oak\n", "data.csv:2:3 (c)", "'Infinity'");
        refusedTable("a,b,c,d,tree\n1,2,1e99,4,oak\n", "data.csv:2:3 (c)", "'1e99'");
    }

    @Test
    void raggedTables() throws IOException {
        refusedTable("a,b,c,d,tree\n1,2,3,4,oak\n1,2,3,oak\n", "data.csv:3", "found 4 fields", "expected 5");
        refusedTable("a,b,c,d,tree\n1,2,3,4,\"oak\n", "data.csv");
    }

    @Test
    void wrongNumberOfFeatures() throws IOException {
        refusedTable("a,b,tree\n1,2,oak\n3,4,ash\n", "2 features", "takes 4");
        Path network = DataFiles.description(folder.resolve("small.yaml"));
        Path five = DataFiles.write(folder.resolve("five.csv"), "1,2,3,4,5,oak\n2,3,4,5,6,ash\n");
        DataFiles.trees(data, 20);
        of("train", "--data", data, "--test", five, "--network", network, "--out", folder.resolve("out.junco"))
                .fails(1, "five.csv", "5 features", "4");
        of("evaluate", model, "--data", data, "--test", folder.resolve("none.csv"))
                .fails(1, "none.csv");
    }

    @Test
    void labelsOutOfRange() throws IOException {
        refusedTable("1,2,3,4,oak\n1,2,3,4,pine\n", "'pine'", "[ash, elm, oak]");
        refusedTable("1,2,3,4,0\n1,2,3,4,3\n", "'", "[ash, elm, oak]");
        Path unnamed = DataFiles.barModel(folder.resolve("bars.junco"));
        Path bars = DataFiles.bars(folder.resolve("bars"), 12, 6);
        Path labels = bars.resolve("t10k-labels-idx1-ubyte");
        byte[] bytes = Files.readAllBytes(labels);
        bytes[9] = 7;
        Files.write(labels, bytes);
        of("evaluate", unnamed, "--data", bars).fails(1, "labels up to 7", "classes 0 to 1");
        of("train", "--data", bars, "--continue", unnamed, "--out", folder.resolve("o.junco"))
                .fails(1, "labels up to 7");
    }

    @Test
    void noSuchLabelColumn() throws IOException {
        DataFiles.trees(data, 20);
        refused(data.toString(), new String[] {"--label", "bush"}, "no column 'bush'", "a, b, c, d, tree");
        refused(data.toString(), new String[] {"--label", "9"}, "no column '9'");
        refused(data.toString(), new String[] {"--label", "a"}, "'");
        refused(data.toString(), new String[] {"--ignore", "bush"}, "no column 'bush'");
        refused(data.toString(), new String[] {"--regression"}, "'");
    }

    @Test
    void incompleteFolders() throws IOException {
        refused(folder.toString(), "must hold train-images");
        Path bars = DataFiles.bars(folder.resolve("bars"), 12, 6);
        Files.delete(bars.resolve("t10k-labels-idx1-ubyte"));
        refused(bars.toString(), "must hold t10k-labels");
    }

    @Test
    void damagedIdxFiles() throws IOException {
        Path bars = DataFiles.bars(folder.resolve("bars"), 12, 6);
        Path images = bars.resolve("train-images-idx3-ubyte");
        byte[] whole = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(whole, whole.length - 5));
        refused(bars.toString(), "train-images", "cut off");
        Files.write(images, Arrays.copyOf(whole, 6));
        refused(bars.toString(), "train-images", "cut off");
        Files.write(images, new byte[0]);
        refused(bars.toString(), "train-images");
        Files.write(images, Arrays.copyOf(whole, whole.length + 1));
        refused(bars.toString(), "train-images", "more bytes");
        byte[] huge = whole.clone();
        huge[4] = 0x7F;
        Files.write(images, huge);
        refused(bars.toString(), "train-images", "damaged");
        Files.delete(images);
        byte[] packed = gzip(whole);
        Files.write(bars.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(packed, packed.length / 2));
        refused(bars.toString(), "train-images", "cut off");
        packed[packed.length / 2] ^= 0x55;
        Files.write(bars.resolve("train-images-idx3-ubyte.gz"), packed);
        refused(bars.toString(), "train-images");
    }

    @Test
    void inputsThatDoNotFitTheModel() throws IOException {
        Path picture = DataFiles.uprightBar(folder.resolve("bar.png"));
        of("run", model, picture).fails(1, "bar.png", "not images");
        of("run", model, folder.resolve("none.png")).fails(1, "none.png", "no such file");
        of("run", model, folder).fails(1, "is a folder");
        of("run", model, picture, "--top", 0).fails(2, "--top");
        DataFiles.trees(data, 20);
        of("run", model, data).fails(1, "data.csv:2:5", "'");
        of("run", model, DataFiles.write(data, "1,2,3,4,5\n")).fails(1, "5 columns", "--ignore");
        of("run", model, DataFiles.write(data, "1,2\n")).fails(1, "2 features", "takes 4");
        Path array = DataFiles.write(folder.resolve("a.npy"), "no array");
        of("run", model, array).fails(1, "a.npy");
        dev.junco.trainer.data.NpyFile.write(array, new float[6], 2, 3);
        of("run", model, array).fails(1, "a.npy", "[2, 3]", "4 values");
        dev.junco.trainer.data.NpyFile.write(array, new float[] {1, 2, Float.NaN, 4}, 1, 4);
        of("run", model, array).fails(1, "finite");
        Path bars = DataFiles.barModel(folder.resolve("bars.junco"));
        Files.write(picture, Arrays.copyOf(Files.readAllBytes(picture), 60));
        of("run", bars, picture).fails(1, "bar.png", "damaged");
        of("run", bars, DataFiles.write(folder.resolve("text.jpg"), "hello")).fails(1, "text.jpg", "not a picture");
        of("run", bars, DataFiles.write(folder.resolve("table.dat"), "1 2"))
                .fails(1, "table.dat", "not a picture", "endings: .csv");
        of("run", bars, Path.of("/dev/null")).fails(1, "/dev/null");
    }

    @Test
    void nothingIsWrittenWhenOneOfTheInputsIsBad() throws IOException {
        Path answers = folder.resolve("answers.npy");
        DataFiles.write(data, "1,2,3,4\n");
        CommandRun run = of("run", model, data, folder.resolve("none.csv"), "--out", answers)
                .fails(1, "none.csv");
        assertEquals("", run.out());
        assertEquals(List.of("data.csv", "model.junco"), DataFiles.names(folder));
    }

    private void refusedTable(String text, String... parts) throws IOException {
        refused(DataFiles.write(data, text).toString(), parts);
    }

    private void refused(String path, String... parts) throws IOException {
        refused(path, new String[0], parts);
    }

    /** No command takes the data, and none writes anything. */
    private void refused(String path, String[] options, String... parts) throws IOException {
        List<String> before = DataFiles.names(folder);
        for (String command : List.of("evaluate", "convert", "train")) {
            List<String> arguments = switch (command) {
                case "evaluate" -> List.of("evaluate", model.toString());
                case "convert" ->
                    List.of(
                            "convert",
                            model.toString(),
                            folder.resolve("new.junco").toString());
                default ->
                    List.of(
                            "train",
                            "--continue",
                            model.toString(),
                            "--out",
                            folder.resolve("new.junco").toString());
            };
            Object[] all = new Object[arguments.size() + 2 + options.length];
            System.arraycopy(arguments.toArray(), 0, all, 0, arguments.size());
            all[arguments.size()] = "--data";
            all[arguments.size() + 1] = path;
            System.arraycopy(options, 0, all, arguments.size() + 2, options.length);
            of(all).fails(1, parts);
        }
        assertEquals(before, DataFiles.names(folder));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
            gzip.write("some more".getBytes(StandardCharsets.US_ASCII));
        }
        return packed.toByteArray();
    }
}
