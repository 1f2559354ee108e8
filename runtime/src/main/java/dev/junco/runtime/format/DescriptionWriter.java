package dev.junco.runtime.format;

import dev.junco.runtime.DType;
import dev.junco.runtime.JuncoException;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.format.fb.ArenaDef;
import dev.junco.runtime.format.fb.BufferDef;
import dev.junco.runtime.format.fb.GraphDef;
import dev.junco.runtime.format.fb.ModelFile;
import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.format.fb.OperatorKind;
import dev.junco.runtime.format.fb.OutputDef;
import dev.junco.runtime.format.fb.QuantizationDef;
import dev.junco.runtime.format.fb.Seal;
import dev.junco.runtime.format.fb.TensorDef;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Builds the FlatBuffer at the start of a model file; its seal is left empty. Serves once. */
final class DescriptionWriter {
    private final FlatBufferBuilder builder = new FlatBufferBuilder(4096);
    private final Text text = new Text(builder);
    private final BlobTable blobs;

    /** A writer that puts the elements of constants into {@code blobs}. */
    DescriptionWriter(BlobTable blobs) {
        this.blobs = blobs;
    }

    byte[] write(ModelContent content) {
        int kinds = kinds(content.signatures());
        int[] graphs = new int[content.signatures().size()];
        for (int i = 0; i < graphs.length; i++) {
            graphs[i] = graph(content.signatures().get(i), content.arenas().get(i));
        }
        int graphVector = builder.createVectorOfTables(graphs);
        int metadata = MetadataCodec.write(builder, text, content.metadata());
        int selfTest = content.recording() == null ? 0 : RecordingCodec.write(builder, blobs, content.recording());
        int buffers = buffers();
        ModelFile.startModelFile(builder);
        ModelFile.addFormatVersion(builder, ModelFormat.VERSION);
        ModelFile.addMinimumRuntime(builder, ModelFormat.FIRST_RUNTIME);
        ModelFile.addSeal(builder, Seal.createSeal(builder, 0, 0, new int[ModelFormat.SHA256_BYTES]));
        ModelFile.addGraphs(builder, graphVector);
        ModelFile.addBuffers(builder, buffers);
        ModelFile.addOperatorKinds(builder, kinds);
        ModelFile.addPlanner(builder, content.planner());
        ModelFile.addMetadata(builder, metadata);
        ModelFile.addSelfTest(builder, selfTest);
        ModelFile.finishModelFileBuffer(builder, ModelFile.endModelFile(builder));
        return builder.sizedByteArray();
    }

    private int kinds(List<Graph> graphs) {
        TreeSet<Byte> tags = new TreeSet<>();
        TreeSet<String> strangers = new TreeSet<>();
        for (Graph graph : graphs) {
            for (Node node : graph.nodes()) {
                byte tag = OptionsCodec.tag(node.attributes());
                tags.add(tag);
                if (tag == 0) {
                    strangers.add(node.attributes().getClass().getSimpleName() + " of node '" + node.name() + "'");
                }
            }
        }
        if (!strangers.isEmpty()) {
            throw new JuncoException("a model file cannot hold these operators: " + String.join(", ", strangers));
        }
        int[] kinds = new int[tags.size()];
        int i = 0;
        for (byte tag : tags) {
            kinds[i++] = OperatorKind.createOperatorKind(builder, tag, text.string(OptionsCodec.name(tag)));
        }
        return kinds.length == 0 ? 0 : builder.createVectorOfTables(kinds);
    }

    private int graph(Graph graph, ArenaSize arena) {
        int[] tensors = new int[graph.values().size()];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = tensor(graph.values().get(i));
        }
        int[] operators = new int[graph.nodes().size()];
        for (int i = 0; i < operators.length; i++) {
            operators[i] = operator(graph.nodes().get(i));
        }
        int[] outputs = new int[graph.outputs().size()];
        int i = 0;
        for (Map.Entry<String, String> output : graph.outputNames().entrySet()) {
            int tensor = graph.outputs().get(i).id();
            outputs[i++] = OutputDef.createOutputDef(builder, text.string(output.getKey()), tensor);
        }
        return GraphDef.createGraphDef(
                builder,
                text.string(graph.name()),
                builder.createVectorOfTables(tensors),
                operators.length == 0 ? 0 : builder.createVectorOfTables(operators),
                builder.createVectorOfTables(outputs),
                ArenaDef.createArenaDef(
                        builder, arena.float32Bytes(), arena.int8Bytes(), arena.int32Bytes(), arena.int16Bytes()));
    }

    private int tensor(Value value) {
        Constant constant = value.constant();
        if (value.type() == DType.FLOAT32 && value.quantization().isQuantized()) {
            throw new JuncoException("tensor '" + value.name() + "' is float32 with quantisation "
                    + value.quantization() + "; a model file cannot hold that");
        }
        Quantization quantization = constant != null && constant.storage() == Storage.SCALED_INT8
                ? constant.scales()
                : value.quantization();
        int name = text.string(value.name());
        int shape = value.shape().rank() == 0
                ? 0
                : TensorDef.createShapeVector(builder, value.shape().dims());
        int bounds = value.bounds().isEmpty() ? 0 : TensorDef.createShapeBoundsVector(builder, bounds(value));
        int scales = quantization.isQuantized() ? quantization(quantization) : 0;
        int storage = constant == null ? 0 : constant.storage().ordinal();
        int buffer = constant == null ? -1 : blobs.index(constant);
        return TensorDef.createTensorDef(
                builder,
                name,
                value.type().ordinal(),
                shape,
                bounds,
                scales,
                value.role().ordinal(),
                storage,
                buffer);
    }

    private static int[] bounds(Value value) {
        int[] bounds = new int[value.bounds().size()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = value.bounds().get(i);
        }
        return bounds;
    }

    private int quantization(Quantization quantization) {
        float[] scales = new float[quantization.size()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = quantization.scale(i);
        }
        boolean shifted = !quantization.isPerAxis() && quantization.zeroPoint() != 0;
        int zeroPoints =
                shifted ? QuantizationDef.createZeroPointsVector(builder, new int[] {quantization.zeroPoint()}) : 0;
        int vector = QuantizationDef.createScalesVector(builder, scales);
        return QuantizationDef.createQuantizationDef(builder, vector, zeroPoints, quantization.axis());
    }

    private int operator(Node node) {
        boolean named =
                node.outputs().isEmpty() || !node.name().equals(node.output().name());
        byte tag = OptionsCodec.tag(node.attributes());
        int name = named ? text.string(node.name()) : 0;
        int options = OptionsWriter.write(builder, node.attributes());
        int inputs = node.inputs().isEmpty() ? 0 : OperatorDef.createInputsVector(builder, ids(node.inputs()));
        int outputs = node.outputs().isEmpty() ? 0 : OperatorDef.createOutputsVector(builder, ids(node.outputs()));
        return OperatorDef.createOperatorDef(builder, name, tag, options, inputs, outputs);
    }

    private static int[] ids(List<Value> values) {
        int[] ids = new int[values.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = values.get(i).id();
        }
        return ids;
    }

    private int buffers() {
        if (blobs.size() == 0) {
            return 0;
        }
        ModelFile.startBuffersVector(builder, blobs.size());
        for (int i = blobs.size() - 1; i >= 0; i--) {
            BufferDef.createBufferDef(builder, blobs.offset(i), blobs.bytes(i));
        }
        return builder.endVector();
    }
}
