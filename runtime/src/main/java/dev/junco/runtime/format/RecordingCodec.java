package dev.junco.runtime.format;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.format.fb.ModelFile;
import dev.junco.runtime.format.fb.SelfTestDef;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Recording;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A recording to and from the table of the self-test. */
final class RecordingCodec {
    private RecordingCodec() {}

    /** Offset of a new table, whose elements go to {@code blobs}. */
    static int write(FlatBufferBuilder builder, BlobTable blobs, Recording recording) {
        float[] tolerances = new float[recording.tolerances().size()];
        for (int i = 0; i < tolerances.length; i++) {
            tolerances[i] = recording.tolerances().get(i);
        }
        int[] inputs = indices(recording.inputs(), blobs);
        int[] outputs = indices(recording.outputs(), blobs);
        return SelfTestDef.createSelfTestDef(
                builder,
                inputs.length == 0 ? 0 : SelfTestDef.createInputsVector(builder, inputs),
                SelfTestDef.createOutputsVector(builder, outputs),
                SelfTestDef.createTolerancesVector(builder, tolerances));
    }

    private static int[] indices(List<Constant> constants, BlobTable blobs) {
        int[] indices = new int[constants.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = blobs.index(constants.get(i));
        }
        return indices;
    }

    /** The recording of the first graph of a verified file, null if it has none; elements are views of the file. */
    static Recording read(ByteBuffer file, ModelFile root, Graph graph) {
        SelfTestDef table = root.selfTest();
        if (table == null) {
            return null;
        }
        List<Constant> inputs = new ArrayList<>();
        for (Value input : graph.inputs()) {
            inputs.add(constant(file, root, table.inputs(inputs.size()), input));
        }
        List<Constant> outputs = new ArrayList<>();
        List<Float> tolerances = new ArrayList<>();
        for (Value output : graph.outputs()) {
            tolerances.add(table.tolerances(outputs.size()));
            outputs.add(constant(file, root, table.outputs(outputs.size()), output));
        }
        return new Recording(inputs, outputs, tolerances);
    }

    private static Constant constant(ByteBuffer file, ModelFile root, int buffer, Value value) {
        return Constant.of(Storage.of(value.type()), Bytes.blob(file, root, buffer), Quantization.NONE);
    }
}
