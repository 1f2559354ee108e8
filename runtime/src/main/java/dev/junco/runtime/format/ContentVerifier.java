package dev.junco.runtime.format;

import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.format.fb.BufferDef;
import dev.junco.runtime.format.fb.GraphDef;
import dev.junco.runtime.format.fb.MetadataDef;
import dev.junco.runtime.format.fb.ModelFile;
import dev.junco.runtime.format.fb.PreprocessingDef;
import dev.junco.runtime.format.fb.RoleCode;
import dev.junco.runtime.format.fb.SelfTestDef;
import dev.junco.runtime.format.fb.TensorDef;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Proves what a description says, once its structure is sound. Serves once. */
final class ContentVerifier {
    private final ModelFile root;
    private final BitSet kinds = new BitSet();
    private final TreeSet<String> missing = new TreeSet<>();

    ContentVerifier(ModelFile root) {
        this.root = root;
    }

    void verify() {
        buffers();
        kinds();
        graphs();
        if (root.metadata() != null) {
            metadata(root.metadata());
        }
        if (root.selfTest() != null) {
            selfTest(root.selfTest(), root.graphs(0));
        }
    }

    /** What a sound model needs and this runtime lacks. */
    TreeSet<String> missing() {
        return missing;
    }

    private void buffers() {
        long data = root.seal().fileBytes() - root.seal().dataOffset();
        long end = 0;
        for (int i = 0; i < root.buffersLength(); i++) {
            BufferDef buffer = root.buffers(i);
            if (buffer.offset() < end || buffer.offset() % ModelFormat.ALIGNMENT != 0) {
                throw fault("buffers[" + i + "].offset", buffer.offset(), "a multiple of 64 from " + end);
            }
            if (buffer.bytes() < 1 || buffer.offset() > data || buffer.bytes() > data - buffer.offset()) {
                throw fault(
                        "buffers[" + i + "].bytes",
                        buffer.bytes() + " from " + buffer.offset(),
                        "1 or more inside " + data);
            }
            end = buffer.offset() + buffer.bytes();
        }
        if (end != data) {
            throw fault("seal.file_bytes", data + " bytes of data", "the last buffer's end, " + end);
        }
    }

    private void kinds() {
        int last = 0;
        for (int i = 0; i < root.operatorKindsLength(); i++) {
            int tag = root.operatorKinds(i).options();
            if (tag <= last) {
                throw fault("operator_kinds[" + i + "].options", tag, "ascending numbers, here more than " + last);
            }
            kinds.set(tag);
            last = tag;
        }
    }

    private void graphs() {
        if (root.graphsLength() == 0) {
            throw fault("graphs", "none", "at least one");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < root.graphsLength(); i++) {
            if (!names.add(root.graphs(i).name())) {
                throw fault("graphs[" + i + "].name", quote(root.graphs(i).name()), "a name of its own");
            }
            new GraphVerifier(root, i, kinds, missing).verify();
        }
    }

    private static void metadata(MetadataDef metadata) {
        for (int i = 0; i < metadata.preprocessingLength(); i++) {
            PreprocessingDef step = metadata.preprocessing(i);
            if (step.meanLength() == 0 || step.meanLength() != step.scaleLength()) {
                throw fault(
                        "metadata.preprocessing[" + i + "]",
                        step.meanLength() + " means and " + step.scaleLength() + " scales",
                        "the same number, at least 1");
            }
        }
        String last = null;
        for (int i = 0; i < metadata.propertiesLength(); i++) {
            String key = metadata.properties(i).key();
            if (last != null && key.compareTo(last) <= 0) {
                throw fault(
                        "metadata.properties[" + i + "].key", quote(key), "ascending keys, here after " + quote(last));
            }
            last = key;
        }
    }

    private void selfTest(SelfTestDef test, GraphDef graph) {
        int inputs = 0;
        for (int i = 0; i < graph.tensorsLength(); i++) {
            if (graph.tensors(i).role() == RoleCode.INPUT) {
                if (inputs < test.inputsLength()) {
                    recorded("self_test.inputs[" + inputs + "]", test.inputs(inputs), graph.tensors(i));
                }
                inputs++;
            }
        }
        int outputs = graph.outputsLength();
        if (test.inputsLength() != inputs || test.outputsLength() != outputs || test.tolerancesLength() != outputs) {
            throw fault(
                    "self_test",
                    test.inputsLength() + " inputs, " + test.outputsLength() + " outputs and " + test.tolerancesLength()
                            + " tolerances",
                    inputs + ", " + outputs + " and " + outputs);
        }
        for (int i = 0; i < outputs; i++) {
            TensorDef output = graph.tensors(graph.outputs(i).tensor());
            recorded("self_test.outputs[" + i + "]", test.outputs(i), output);
        }
    }

    /** Part of the elements of a tensor, whose shape is sound. */
    private void recorded(String where, int buffer, TensorDef tensor) {
        if (buffer >= root.buffersLength()) {
            throw fault(where, buffer, "less than the " + root.buffersLength() + " buffers");
        }
        long element = Codes.type(tensor.type()).bytes();
        long elements = 1;
        for (int i = 0; i < tensor.shapeLength(); i++) {
            elements *= tensor.shape(i);
        }
        long bytes = root.buffers(buffer).bytes();
        if (bytes % element != 0 || bytes > elements * element) {
            throw fault(where, bytes + " bytes", "a multiple of " + element + " up to " + elements * element);
        }
    }

    static String quote(String text) {
        return "'" + Text.clip(text) + "'";
    }

    static ModelFormatException fault(String where, Object found, Object expected) {
        return new ModelFormatException("damaged model at " + where + ": found " + found + ", expected " + expected);
    }
}
