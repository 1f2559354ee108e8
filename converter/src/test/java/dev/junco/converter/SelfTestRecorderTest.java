package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.DType;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.SelfTest;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Recording;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Converted files bring a sample by which a device tests itself. */
class SelfTestRecorderTest {
    private static final int FEATURES = 8 * 8 * 3;

    private static Model converted(Precision precision) {
        Conversion conversion = Converter.from(Net.classifier(5), Metadata.EMPTY)
                .quantize(precision)
                .calibrate(new RandomSamples(64, FEATURES, 9))
                .convert();
        return Model.load(conversion.toBytes());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyConvertedFilePassesItsSelfTest(Precision precision) {
        Model model = converted(precision);
        for (KernelChoice kernels : KernelChoice.values()) {
            if (kernels == KernelChoice.VECTOR && KernelProviders.vector().isEmpty()) {
                continue;
            }
            SelfTest found = model.selfTest(InterpreterOptions.DEFAULT.withKernels(kernels));
            assertTrue(found.passed(), kernels + ": " + found);
        }
        float tolerance = model.content().recording().tolerances().get(0);
        if (precision == Precision.INT8) {
            assertEquals(0, tolerance, "int8 is the same everywhere");
        } else {
            assertTrue(tolerance > 0 && tolerance <= 1e-3f, "tolerance " + tolerance);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void otherWeightsFailIt(Precision precision) {
        Model model = converted(precision);
        Recording recording = model.content().recording();
        Model other = Converter.from(Net.classifier(6), Metadata.EMPTY)
                .quantize(precision)
                .calibrate(new RandomSamples(64, FEATURES, 9))
                .convert()
                .model()
                .withRecording(recording);
        assertEquals(SelfTest.Outcome.FAILED, other.selfTest().outcome());
    }

    @Test
    void theSampleOfAnInt8ModelFillsItsRange() {
        Model model = converted(Precision.INT8);
        float[] sample = model.content().recording().inputs().get(0).floats(1);
        assertEquals(FEATURES, sample.length);
        Quantization range = model.graph().nodes().get(0).output().quantization();
        float lowest = range.scale() * (-128 - range.zeroPoint());
        float highest = range.scale() * (127 - range.zeroPoint());
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        for (float element : sample) {
            assertTrue(element >= lowest && element <= highest, element + " is outside " + lowest + " to " + highest);
            least = Math.min(least, element);
            most = Math.max(most, element);
        }
        assertTrue(most - least > 0.9f * (highest - lowest), least + " to " + most);
    }

    @Test
    void largeTensorsAreRecordedInPart() {
        Net net = new Net(1);
        Value x = net.input(1, 64, 64, 3);
        Graph graph = net.outputs(net.conv("c", x, 4, 3, Padding.SAME, Activation.RELU));
        Model bare = Model.of(graph, Metadata.EMPTY);
        Model model =
                Model.load(ModelWriter.toBytes(SelfTestRecorder.record(bare).content()));
        Recording recording = model.content().recording();
        assertEquals(1021, recording.inputs().get(0).elements());
        assertEquals(1021, recording.outputs().get(0).elements());
        assertTrue(model.selfTest().passed(), () -> model.selfTest().toString());
        assertTrue(model.fileBytes() - ModelWriter.toBytes(bare.content()).length < 8600);
        // One element in the middle of what was recorded.
        float[] changed = recording.outputs().get(0).floats(1);
        changed[500] += 10;
        Recording wrong = new Recording(recording.inputs(), List.of(Constant.of(changed)), recording.tolerances());
        assertEquals(
                (int) (500L * 64 * 64 * 4 / 1021),
                model.withRecording(wrong).selfTest().index());
    }

    @Test
    void inputsOfEveryTypeAreMadeUp() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        List<DType> types = new ArrayList<>();
        for (DType type : DType.values()) {
            Quantization scale =
                    type == DType.INT8 || type == DType.INT16 ? Quantization.perTensor(0.5f, 0) : Quantization.NONE;
            Value x = builder.input(type.name(), new TensorSpec(type, Shape.of(3, 500), scale));
            builder.output("out" + type, x);
            types.add(type);
        }
        Model model = SelfTestRecorder.record(Model.of(builder.build(), Metadata.EMPTY));
        assertTrue(Model.load(ModelWriter.toBytes(model.content())).selfTest().passed());
        assertEquals(types.size(), model.content().recording().inputs().size());
        for (float tolerance : model.content().recording().tolerances()) {
            assertEquals(0, tolerance, "nothing is computed");
        }
    }

    @Test
    void onlyWhatComputesInIntegersIsExact() {
        assertTrue(isExact(converted(Precision.INT8)));
        assertFalse(isExact(converted(Precision.INT8_WEIGHTS)));
        assertFalse(SelfTestRecorder.isExact(Net.classifier(5), OperatorCatalog.standard()));
    }

    private static boolean isExact(Model model) {
        return SelfTestRecorder.isExact(model.graph(), OperatorCatalog.standard());
    }
}
