package dev.junco.trainer.data;

import static dev.junco.trainer.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.trainer.data.CsvOptions.Header;
import dev.junco.trainer.data.CsvOptions.Missing;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
    private static final CsvOptions LAST = CsvOptions.classification("last");

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return file(text, StandardCharsets.UTF_8);
    }

    private Path file(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("table.csv"), text.getBytes(charset));
    }

    private Dataset read(String text, CsvOptions options) throws IOException {
        return CsvFile.read(file(text), options);
    }

    private void refused(String text, CsvOptions options, String... parts) throws IOException {
        Path path = file(text);
        assertRefused(() -> CsvFile.read(path, options), parts);
    }

    private static float[] features(Dataset data, int index) {
        float[] values = new float[data.featureCount()];
        data.copyFeatures(index, values, 0);
        return values;
    }

    @Test
    void readsHeaderTextLabelsAndQuotes() throws IOException {
        Dataset data = read("a,\"b, c\",kind\n1,\"2\",\"pine \"\"x\"\"\"\n-3e1,.5,oak\n", LAST);
        assertEquals(List.of("a", "b, c"), data.featureNames());
        assertEquals(List.of("oak", "pine \"x\""), data.labelNames());
        assertArrayEquals(new float[] {-30, 0.5f}, features(data, 1));
        assertEquals(1, data.label(0));
        assertEquals(0, data.label(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,2,0\n3,4,1", "1;2;0\n3;4;1", "1\t2\t0\r\n3\t4\t1\r\n", " 1  2 0\n\n3 4\t1\n", "1,2,0\r3,4,1"})
    void findsTheSeparatorAndAnyLineEnd(String text) throws IOException {
        Dataset data = read(text, LAST);
        assertEquals(2, data.size());
        assertArrayEquals(new float[] {3, 4}, features(data, 1));
        assertEquals(1, data.label(1));
    }

    @Test
    void separatorMayBeGiven() throws IOException {
        assertArrayEquals(new float[] {1, 2}, features(read("1|2|0\n", LAST.withSeparator('|')), 0));
    }

    @Test
    void headerMayBeGiven() throws IOException {
        assertEquals(1, read("1,2\n3,0\n", LAST.withHeader(Header.PRESENT)).size());
        assertEquals(
                List.of("1"),
                read("1,2\n3,0\n", LAST.withHeader(Header.PRESENT)).featureNames());
        refused("x,y\n3,0\n", LAST.withHeader(Header.ABSENT), "table.csv:1:1: ", "'x'", "header?");
    }

    @Test
    void columnsAreNamesOrNumbers() throws IOException {
        String text = "id,3,x,label\n7,1,2,0\n8,3,4,1\n";
        CsvOptions label = CsvOptions.classification("label").withHeader(Header.PRESENT);
        CsvOptions last = LAST.withHeader(Header.PRESENT);
        assertArrayEquals(new float[] {1, 2}, features(read(text, label.ignoring("first")), 0));
        assertArrayEquals(new float[] {7, 2}, features(read(text, last.ignoring("3")), 0), "a name wins");
        assertArrayEquals(new float[] {7, 1, 2}, features(read(text, last), 0));
        refused(text, last.ignoring("species"), "no column 'species'", "id, 3, x, label");
        refused("1,2\n", CsvOptions.classification("3"), "no column '3'", "1 to 2");
        refused("1\n", LAST, "none is left as a feature");
    }

    @Test
    void readsTargetsOfRegression() throws IOException {
        Dataset data = read("x,y,z\n1,2,3\n4,5,6\n", CsvOptions.regression("z", "x"));
        assertEquals(List.of("z", "x"), data.targetNames());
        float[] targets = new float[2];
        data.copyTargets(1, targets, 0);
        assertArrayEquals(new float[] {6, 4}, targets);
        assertArrayEquals(new float[] {5}, features(data, 1));
    }

    @Test
    void readsFeaturesAlone() throws IOException {
        assertEquals(0, read("1,2\n3,4\n", CsvOptions.unlabelled()).targetWidth());
    }

    @ParameterizedTest
    @CsvSource({"0 2 1,3,0 2 1", "1 3 2,3,0 2 1", "7 7 9,2,0 0 1", "0 4 4,5,0 4 4", "10 9 10,2,1 0 1", "-1 1 1,2,0 1 1"
    })
    void numbersLabels(String labels, int classes, String expected) throws IOException {
        Dataset data = read("5," + labels.replace(" ", "\n5,"), LAST);
        assertEquals(classes, data.classes());
        assertEquals(expected, data.label(0) + " " + data.label(1) + " " + data.label(2));
    }

    @Test
    void classesMayBeGiven() throws IOException {
        CsvOptions options = LAST.withLabelNames(List.of("oak", "ash", "fir"));
        Dataset data = read("1,fir\n2,oak\n", options);
        assertEquals(3, data.classes());
        assertEquals(2, data.label(0));
        refused("1,fir\n2,elm\n", options, "label 'elm'", "sample 2", "[oak, ash, fir]");
    }

    @Test
    void labelsThatAreMeasurementsAreRefused() throws IOException {
        refused("1,2.5\n2,3.7\n3,4.1\n", LAST, "'2.5'", "fraction", "regression");
    }

    @Test
    void textColumnsBecomeOneFeatureForEachText() throws IOException {
        Dataset data = read(
                "sex,len,age\nM,1,5\nF,2,6\nM,3,7\n",
                CsvOptions.regression("age").withCategorical("sex"));
        assertEquals(List.of("sex=F", "sex=M", "len"), data.featureNames());
        assertArrayEquals(new float[] {0, 1, 1}, features(data, 0));
        assertArrayEquals(new float[] {1, 0, 2}, features(data, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "?", "NA", "null", ""})
    void missingValuesAreRefusedOrSkipped(String missing) throws IOException {
        String text = "a,b,label\n1,2,0\n3," + missing + ",1\n5,6,1\n";
        refused(text, LAST, "table.csv:3:2 (b): found '" + missing + "'", "skipped");
        Dataset data = read(text, LAST.withMissing(Missing.SKIP_ROW));
        assertEquals(2, data.size());
        assertArrayEquals(new float[] {5, 6}, features(data, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Infinity|'Infinity'",
                "-Infinity|finite number",
                "1e99|beyond float32",
                "0x1p3|'0x1p3'",
                "1f|'1f'",
                "1.2.3|'1.2.3'",
                "--1|'--1'",
                "e|expected a finite number",
                "\"1,5\"|Write a point",
                "red|left out or read as categorical"
            })
    void refusesWhatIsNoNumber(String field, String expected) throws IOException {
        refused("1,2,0\n3," + field + ",1\n", LAST, "table.csv:2:2: found", expected);
    }

    @Test
    void refusesRaggedRowsAtTheirLine() throws IOException {
        refused("1,2,0\n\n3,4\n", LAST, "table.csv:3: found 2 fields; expected 3");
        refused("1,2,0\n3,4,1,5\n", LAST, "table.csv:2: found 4 fields");
        refused("\"a\nb\",c,d\n1,2,0\n3,4\n", LAST, "table.csv:4: ");
    }

    @Test
    void refusesWhatIsNoTable() throws IOException {
        refused("", LAST, "is empty");
        refused("\n \n", LAST, "is empty");
        refused("a,b\n", LAST.withHeader(Header.PRESENT), "no row of data below the header");
        refused("1,?\n", LAST.withMissing(Missing.SKIP_ROW), "without missing values");
        refused("1,\"2\n3,4\n", LAST.withSeparator(','), "table.csv", "line");
        refused("PK\u0003\u0004\u0000\u0000", LAST, "not text", "byte 4");
        assertRefused(() -> CsvFile.read(folder.resolve("absent.csv"), LAST), "no file", "absent.csv");
        assertRefused(() -> CsvFile.read(folder, LAST), "is a folder");
    }

    @Test
    void readsLatin1Utf8Utf16AndGzip() throws IOException {
        String text = "µmol,kind\n1,grün\n2,gelb\n";
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
            Dataset data = CsvFile.read(file(text, charset), LAST);
            assertEquals(List.of("µmol"), data.featureNames(), charset.name());
            assertEquals(List.of("gelb", "grün"), data.labelNames());
        }
        Dataset marked = CsvFile.read(file("\uFEFF" + text), LAST);
        assertEquals(List.of("µmol"), marked.featureNames());
        byte[] packed = TestFiles.gzip(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                2,
                CsvFile.read(Files.write(folder.resolve("t.csv"), packed), LAST).size());
        Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(packed, packed.length - 10));
        assertRefused(() -> CsvFile.read(cut, LAST), "cut.csv.gz", "cut off");
    }

    @Test
    void readsIris() {
        Dataset data = CsvFile.read(TestFiles.collection("tabular/uci-via-jbrownlee/iris.csv"), LAST);
        assertEquals("150 samples of 4, 3 classes", data.toString());
        assertEquals(List.of("Iris-setosa", "Iris-versicolor", "Iris-virginica"), data.labelNames());
    }

    @Test
    void readsWineAndSeeds() {
        Dataset wine = CsvFile.read(TestFiles.collection("tabular/uci-via-jbrownlee/wine.csv"), LAST);
        assertEquals("178 samples of 13, 3 classes", wine.toString());
        assertEquals(List.of("1", "2", "3"), wine.labelNames());
        Path seeds = TestFiles.collection("tabular/uci-via-jbrownlee/wheat-seeds.csv");
        assertEquals("210 samples of 7, 3 classes", CsvFile.read(seeds, LAST).toString());
    }

    @Test
    void readsTheOpticalDigits() {
        Dataset train = CsvFile.read(TestFiles.collection("tabular/optdigits/optdigits.tra"), LAST);
        Dataset test = CsvFile.read(TestFiles.collection("tabular/optdigits/optdigits.tes"), LAST);
        assertEquals("3823 samples of 64, 10 classes", train.toString());
        assertEquals("1797 samples of 64, 10 classes", test.toString());
    }

    @Test
    void readsHousesWithGapsAndText() {
        Path houses = TestFiles.collection("tabular/california-housing/housing/housing.csv");
        CsvOptions options = CsvOptions.regression("median_house_value").withCategorical("ocean_proximity");
        assertRefused(() -> CsvFile.read(houses, options), "total_bedrooms", "missing");
        Dataset data = CsvFile.read(houses, options.withMissing(Missing.SKIP_ROW));
        assertEquals(20_433, data.size());
        assertEquals(13, data.featureCount());
        assertTrue(data.featureNames().contains("ocean_proximity=NEAR BAY"));
    }

    @Test
    void readsTheWeather() {
        Path weather = TestFiles.collection("jena-2020/weather.csv.gz");
        Dataset data = CsvFile.read(weather, CsvOptions.regression("T (degC)").ignoring("date"));
        assertEquals(52_696, data.size());
        assertTrue(data.featureNames().contains("max. wv (m/s)"), data.featureNames()::toString);
    }
}
