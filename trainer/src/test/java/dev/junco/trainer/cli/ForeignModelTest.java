package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.converter.ModelFiles;
import dev.junco.trainer.data.ImageFile;
import dev.junco.trainer.data.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of TensorFlow Lite on the command line: those of MLPerf Tiny, with labels, on inputs whose answers are recorded beside them. */
class ForeignModelTest {
    private static final String WORDS = "down\ngo\nleft\nno\noff\non\nright\nstop\nup\nyes\nsilence\nunknown\n";
    private static final String THINGS = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n";

    @TempDir
    Path folder;

    private static Path data(String path) {
        String root = System.getenv("JUNCO_DATA");
        assumeTrue(root != null && Files.exists(Path.of(root, path)), "JUNCO_DATA does not lead to " + path);
        return Path.of(root, path);
    }

    private Path text(String content) throws IOException {
        return Files.writeString(folder.resolve("labels.txt"), content);
    }

    @Test
    void aKeywordIsSpotted() throws IOException {
        Path model = data("mlperf-tiny/keyword_spotting/kws_ref_model.tflite");
        Path word = data("mlperf-tiny/keyword_spotting/kws_ref_model.tflite.npz");
        Path labels = text(WORDS);
        CommandRun.of("run", model, word, "--labels", labels).succeeds().tells("yes 95.3 %   unknown 4.7 %");
        Path converted = folder.resolve("keywords.bin");
        CommandRun.of("convert", model, converted, "--labels", labels).succeeds();
        CommandRun.of("run", converted, word).succeeds().tells("yes 95.3 %   unknown 4.7 %");
    }

    @Test
    void aTaxiIsAnAutomobile() throws IOException {
        Path model = data("mlperf-tiny/image_classification/pretrainedResnet_quant.tflite");
        Path taxi = data("mlperf-tiny/image_classification/taxi_s_001241_chw.bin");
        CommandRun.of("run", model, taxi, "--planar", "--labels", text(THINGS))
                .succeeds()
                .tells("automobile 99.6 %");
    }

    /** A model that keeps states from run to run must not keep them from sample to sample. */
    @Test
    void theSameDigitIsReadTheSameEachTime() throws IOException {
        Path model = data("tflite/tflite-micro/mnist_lstm/trained_lstm.tflite");
        Path answers = folder.resolve("answers.npy");
        Path digits = folder.resolve("digits.npy");
        float[] digit = ImageFile.read(data("tflite/tflite-micro/mnist_lstm/samples/sample3.png"), 28, 28, 1);
        float[] three = new float[3 * digit.length];
        for (int i = 0; i < three.length; i++) {
            three[i] = digit[i % digit.length] / 255;
        }
        NpyFile.write(digits, three, 3, 28, 28);
        CommandRun.of("run", model, digits, "--out", answers).succeeds().tells("digits.npy [2]  3 ");
        float[] rows = NpyFile.read(answers).toFloats();
        assertArrayEquals(Arrays.copyOfRange(rows, 0, 10), Arrays.copyOfRange(rows, 10, 20));
        assertArrayEquals(Arrays.copyOfRange(rows, 0, 10), Arrays.copyOfRange(rows, 20, 30));
    }

    @Test
    void whatInspectShowsFitsAWideTerminal() {
        Path model = data("mlperf-tiny/image_classification/pretrainedResnet.tflite");
        CommandRun shortened = CommandRun.of("inspect", model).succeeds().tells("…", "file         3");
        assertTrue(shortened.out().lines().allMatch(line -> line.length() <= 120), shortened.out());
        CommandRun full =
                CommandRun.of("inspect", model, "--arena", "--full-names").succeeds();
        assertFalse(full.out().contains("…"), full.out());
        CommandRun.of("benchmark", model, "--runs", 1, "--warm-up", 0, "--profile")
                .succeeds()
                .tells("file         3", "model/activation/Relu…");
        CommandRun.of("benchmark", model, "--runs", 1, "--warm-up", 0, "--profile", "--full-names")
                .succeeds()
                .tells("model/activation/Relu;model");
    }

    @Test
    void whatIsInt8AlreadyStaysSo() {
        Path model = data("mlperf-tiny/image_classification/pretrainedResnet_quant.tflite");
        CommandRun.of("convert", model, folder.resolve("x.junco")).succeeds().tells("conversion to int8  ");
    }

    @Test
    void filesOfOtherFormatsAreToldByTheirContent() throws IOException {
        Path onnx = data("onnx-models/mnist_8/model.onnx");
        Path keras = data("mlperf-tiny/image_classification/pretrainedResnet.h5");
        Path target = folder.resolve("out.junco");
        CommandRun.of("convert", onnx, target).fails(1, "model.onnx", "looks like ONNX, which is not read yet");
        CommandRun.of("convert", keras, target).fails(1, "pretrainedResnet.h5", "looks like HDF5, as Keras");
        Path empty = Files.createFile(folder.resolve("empty.tflite"));
        CommandRun.of("run", empty, onnx).fails(1, "empty.tflite", "it is empty");
    }

    @Test
    void labelsHaveToBeAsManyAsClasses() throws IOException {
        Path model = data("mlperf-tiny/keyword_spotting/kws_ref_model.tflite");
        CommandRun.of("convert", model, folder.resolve("x.junco"), "--labels", text(THINGS))
                .fails(Failure.FAILED, "names 10 classes, the model has 12");
    }

    @Test
    void severalWordsAtOnce() {
        Path model = data("mlperf-tiny/keyword_spotting/kws_ref_model.tflite");
        Path converted = folder.resolve("several.junco");
        String input = ModelFiles.read(model).graph().inputs().get(0).name();
        CommandRun.of("inspect", model)
                .succeeds()
                .tells("Axis 0 of input '" + input + "' is left open by the file and fixed here");
        CommandRun.of("convert", model, converted, "--bound", input + ":0=8")
                .succeeds()
                .tells("Axis 0 of input '" + input + "' may be 1 to 8");
        CommandRun.of("inspect", converted).succeeds().tells("Axis 0 of input '" + input + "' may be 1 to 8");
        CommandRun.of("convert", model, converted, "--bound", "sound:1=40")
                .fails(Failure.FAILED, "there is no input 'sound' to bound; the model has '" + input + "' 1×49×10×1");
        CommandRun.of("convert", model, converted, "--bound", input + ":3=2")
                .fails(
                        Failure.FAILED,
                        "the model cannot follow its inputs from the size '" + input + "' 1×49×10×2 to ");
        CommandRun.of("convert", model, converted, "--bound", "40").fails(2, "'40' is no bound; expected INPUT:AXIS=");
    }
}
