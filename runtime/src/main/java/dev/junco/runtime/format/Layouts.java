package dev.junco.runtime.format;

import static dev.junco.runtime.format.Layout.bytes;
import static dev.junco.runtime.format.Layout.code;
import static dev.junco.runtime.format.Layout.float32s;
import static dev.junco.runtime.format.Layout.int32;
import static dev.junco.runtime.format.Layout.int32s;
import static dev.junco.runtime.format.Layout.int64;
import static dev.junco.runtime.format.Layout.skipped;
import static dev.junco.runtime.format.Layout.string;
import static dev.junco.runtime.format.Layout.strings;
import static dev.junco.runtime.format.Layout.struct;
import static dev.junco.runtime.format.Layout.structs;
import static dev.junco.runtime.format.Layout.table;
import static dev.junco.runtime.format.Layout.tables;
import static dev.junco.runtime.format.Layout.union;

import dev.junco.runtime.format.fb.RoleCode;
import dev.junco.runtime.format.fb.StorageCode;
import dev.junco.runtime.format.fb.TypeCode;

/** The tables of {@code model.fbs} with the ranges that its comments tell; a test holds the two together. */
final class Layouts {
    /** Bytes of the struct {@code Seal} and of {@code BufferDef}. */
    static final int SEAL_BYTES = 48;

    static final int BUFFER_BYTES = 16;

    private static final int MAX = Integer.MAX_VALUE;
    private static final int RANK = ModelFormat.MAX_RANK;

    private static final Layout QUANTIZATION = Layout.of(
            "QuantizationDef",
            float32s("scales", Float.MIN_VALUE, Float.MAX_VALUE).must(),
            int32s("zero_points", 1, -128, 127),
            int32("axis", -1, RANK - 1));

    private static final Layout TENSOR = Layout.of(
            "TensorDef",
            string("name").must(),
            code("type", TypeCode.names.length),
            int32s("shape", RANK, 1, MAX),
            int32s("shape_bounds", RANK, 0, MAX),
            table("quantization", QUANTIZATION),
            code("role", RoleCode.names.length),
            code("storage", StorageCode.names.length),
            int32("buffer", -1, MAX));

    private static final Layout OPERATOR = Layout.of(
            "OperatorDef",
            string("name"),
            union("options", new OptionsLayouts()).must(),
            int32s("inputs", MAX, 0, MAX),
            int32s("outputs", MAX, 0, MAX));

    private static final Layout OUTPUT = Layout.of("OutputDef", string("name").must(), int32("tensor", 0, MAX));

    /** Each arena is one array, which has less than 2^31 elements. */
    private static final Layout ARENA = Layout.of(
            "ArenaDef",
            int64("float32_bytes", 0, 4L * MAX),
            int64("int8_bytes", 0, MAX),
            int64("int32_bytes", 0, 4L * MAX),
            int64("int16_bytes", 0, 2L * MAX));

    private static final Layout GRAPH = Layout.of(
            "GraphDef",
            string("name").must(),
            tables("tensors", TENSOR).must(),
            tables("operators", OPERATOR),
            tables("outputs", OUTPUT).must(),
            table("arena", ARENA).must());

    private static final Layout PREPROCESSING = Layout.of(
            "PreprocessingDef",
            string("input").must(),
            float32s("mean", -Float.MAX_VALUE, Float.MAX_VALUE).must(),
            float32s("scale", -Float.MAX_VALUE, Float.MAX_VALUE).must());

    private static final Layout PROPERTY =
            Layout.of("Property", string("key").must(), string("value").must());

    private static final Layout METADATA = Layout.of(
            "MetadataDef",
            string("name"),
            string("description"),
            string("producer"),
            string("licence"),
            strings("labels"),
            tables("preprocessing", PREPROCESSING),
            tables("properties", PROPERTY));

    private static final Layout KIND =
            Layout.of("OperatorKind", code("options", 256), string("name").must());

    private static final Layout SELF_TEST = Layout.of(
            "SelfTestDef",
            int32s("inputs", MAX, 0, MAX),
            int32s("outputs", MAX, 0, MAX).must(),
            float32s("tolerances", 0, Float.MAX_VALUE).must());

    /** The whole file. */
    static final Layout MODEL_FILE = Layout.of(
            "ModelFile",
            int32("format_version", Integer.MIN_VALUE, MAX),
            int32("minimum_runtime", 0, MAX),
            struct("seal", SEAL_BYTES).must(),
            tables("graphs", GRAPH).must(),
            structs("buffers", BUFFER_BYTES),
            tables("operator_kinds", KIND),
            int32("planner", 0, MAX),
            table("metadata", METADATA),
            string("signature_algorithm"),
            bytes("signature"),
            table("self_test", SELF_TEST));

    /** What the root table of every format version starts with. */
    static final Layout VERSION = Layout.of(
            "ModelFile", MODEL_FILE.fields().get(0), MODEL_FILE.fields().get(1));

    /** What bounds the rest. */
    static final Layout SEALED =
            Layout.of("ModelFile", skipped(), skipped(), MODEL_FILE.fields().get(RootTable.SEAL));

    /** What has to be known before the digest and the needs of the model are checked. */
    static final Layout ENVELOPE = Layout.of(
            "ModelFile",
            skipped(),
            skipped(),
            skipped(),
            skipped(),
            skipped(),
            MODEL_FILE.fields().get(RootTable.OPERATOR_KINDS),
            skipped(),
            skipped(),
            skipped(),
            MODEL_FILE.fields().get(RootTable.SIGNATURE));

    private Layouts() {}
}
