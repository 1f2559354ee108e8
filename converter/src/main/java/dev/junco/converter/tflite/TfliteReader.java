package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tables of a TensorFlow Lite file, schema version 3 with all its later additions. Numbers of fields are those of the schema; every index is checked
 * here, so the records can be trusted.
 *
 * @see <a href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs">The schema</a>
 */
final class TfliteReader {
    /** Identifier at byte 4. */
    private static final int TFL3 = 'T' | 'F' << 8 | 'L' << 16 | '3' << 24;

    private static final int SCHEMA_VERSION = 3;

    /** Codes from here on stand in a field of their own, because the first one is a byte. */
    private static final int CUSTOM = 32;

    private final FlatBytes file;
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final List<FlatTable> codes;
    private final FlatTable model;

    private TfliteReader(FlatBytes file) {
        this.file = file;
        if (file.size() < 8 || !isTflite(file)) {
            throw new ImportException("the file is no TensorFlow Lite model: it does not say TFL3 at byte 4");
        }
        this.model = FlatTable.root(file, "model");
        long version = model.uint32(0, 0);
        if (version != SCHEMA_VERSION) {
            throw new ImportException("the file has schema version " + version + ", expected " + SCHEMA_VERSION
                    + "; convert the model anew with TensorFlow 1.12 or later");
        }
        for (FlatTable buffer : model.tables(4, "buffers")) {
            buffers.add(data(buffer));
        }
        this.codes = model.tables(1, "operator_codes");
    }

    /** Whether bytes begin as a TensorFlow Lite file does. */
    static boolean isTflite(FlatBytes file) {
        return file.size() >= 8 && file.int32(4, "identifier") == TFL3;
    }

    static TfliteFile read(FlatBytes file) {
        return new TfliteReader(file).read();
    }

    private TfliteFile read() {
        List<Subgraph> subgraphs = new ArrayList<>();
        for (FlatTable table : model.tables(2, "subgraphs")) {
            subgraphs.add(subgraph(table));
        }
        if (subgraphs.isEmpty()) {
            throw FlatBytes.damaged("it has no subgraph");
        }
        List<SignatureInfo> signatures = new ArrayList<>();
        for (FlatTable table : model.tables(7, "signature_defs")) {
            signatures.add(signature(table, subgraphs));
        }
        Map<String, ByteBuffer> metadata = new LinkedHashMap<>();
        for (FlatTable table : model.tables(6, "metadata")) {
            metadata.put(table.string(0, "name"), buffer(table.uint32(1, 0), table.path()));
        }
        return new TfliteFile(file, model.string(3, "description"), subgraphs, signatures, metadata);
    }

    /** The bytes of a buffer: in the table, or anywhere in the file for files beyond 2 GB. */
    private ByteBuffer data(FlatTable buffer) {
        long offset = buffer.int64(1, 0);
        return Long.compareUnsigned(offset, 1) > 0
                ? file.slice(offset, buffer.int64(2, 0), buffer.path())
                : buffer.bytes(0, "data");
    }

    private ByteBuffer buffer(long index, String user) {
        if (index >= buffers.size()) {
            throw FlatBytes.damaged(user + " uses buffer " + index + " of " + buffers.size());
        }
        return buffers.get((int) index);
    }

    private Subgraph subgraph(FlatTable table) {
        List<TensorInfo> tensors = new ArrayList<>();
        for (FlatTable tensor : table.tables(0, "tensors")) {
            tensors.add(tensor(tensor));
        }
        List<OperatorInfo> operators = new ArrayList<>();
        for (FlatTable operator : table.tables(3, "operators")) {
            operators.add(operator(operator, tensors.size()));
        }
        return new Subgraph(
                table.string(4, "name"),
                tensors,
                indices(table, 1, "inputs", tensors.size(), 0),
                indices(table, 2, "outputs", tensors.size(), 0),
                operators);
    }

    private TensorInfo tensor(FlatTable table) {
        TensorType type = TensorType.of(table.int8(1, 0));
        int[] dims = table.int32s(0, "shape");
        for (int dim : dims) {
            if (dim < 0) {
                throw FlatBytes.damaged(table.path() + " has an axis of size " + dim);
            }
        }
        FlatTable scales = table.table(4, "quantization");
        boolean sparse = table.has(6);
        boolean external = table.uint32(10, 0) != 0;
        boolean special = scales != null && scales.int8(4, 0) != 0;
        String trouble = type == null || type.type() == null
                ? "type " + (type == null ? table.int8(1, 0) : type)
                : sparse ? "sparse storage" : external ? "data in another file" : special ? "block-wise scales" : null;
        return new TensorInfo(
                table.string(3, "name"),
                type,
                dims,
                buffer(table.uint32(2, 0), table.path()),
                scales == null ? new float[0] : scales.float32s(2, "scale"),
                scales == null ? new long[0] : scales.int64s(3, "zero_point"),
                scales == null ? 0 : scales.int32(6, 0),
                table.bool(5, false),
                table.int32s(7, "shape_signature"),
                trouble);
    }

    private OperatorInfo operator(FlatTable table, int tensors) {
        long index = table.uint32(0, 0);
        if (index >= codes.size()) {
            throw FlatBytes.damaged(table.path() + " uses operator code " + index + " of " + codes.size());
        }
        FlatTable code = codes.get((int) index);
        int builtin = Math.max(code.int8(0, 0), code.int32(3, 0));
        boolean custom = builtin == CUSTOM;
        long customAt = table.int64(9, 0);
        return new OperatorInfo(
                custom ? code.string(1, "custom_code") : BuiltinNames.of(builtin),
                custom,
                code.int32(2, 1),
                indices(table, 1, "inputs", tensors, -1),
                indices(table, 2, "outputs", tensors, 0),
                indices(table, 8, "intermediates", tensors, -1),
                table.int8(3, 0) != 0
                        ? table.table(4, "builtin_options")
                        : table.int8(11, 0) != 0 ? table.table(12, "builtin_options_2") : null,
                Long.compareUnsigned(customAt, 1) > 0
                        ? file.slice(customAt, table.int64(10, 0), table.path())
                        : table.bytes(5, "custom_options"));
    }

    private static int[] indices(FlatTable table, int field, String name, int tensors, int lowest) {
        int[] indices = table.int32s(field, name);
        for (int index : indices) {
            if (index < lowest || index >= tensors) {
                throw FlatBytes.damaged(table.path() + "." + name + " names tensor " + index + " of " + tensors);
            }
        }
        return indices;
    }

    private static SignatureInfo signature(FlatTable table, List<Subgraph> subgraphs) {
        long subgraph = table.uint32(4, 0);
        if (subgraph >= subgraphs.size()) {
            throw FlatBytes.damaged(table.path() + " names subgraph " + subgraph + " of " + subgraphs.size());
        }
        return new SignatureInfo(
                table.string(2, "signature_key"),
                (int) subgraph,
                names(table.tables(0, "inputs")),
                names(table.tables(1, "outputs")));
    }

    private static Map<Integer, String> names(List<FlatTable> maps) {
        Map<Integer, String> names = new LinkedHashMap<>();
        for (FlatTable map : maps) {
            names.put(map.int32(1, 0), map.string(0, "name"));
        }
        return names;
    }
}
