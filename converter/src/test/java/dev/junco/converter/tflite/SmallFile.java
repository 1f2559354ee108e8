package dev.junco.converter.tflite;

import dev.junco.converter.tflite.FlatWriter.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Puts together TensorFlow Lite files for tests: tensors are added one by one and told by their index. */
final class SmallFile {
    static final int FLOAT32 = 0;
    static final int FLOAT16 = 1;
    static final int INT32 = 2;
    static final int UINT8 = 3;
    static final int INT64 = 4;
    static final int STRING = 5;
    static final int BOOL = 6;
    static final int INT16 = 7;
    static final int INT8 = 9;
    static final int INT4 = 17;

    private final List<Table> buffers;
    private final List<Table> codes;
    private final List<Table> branches;
    private final List<Table> tensors = new ArrayList<>();
    private final List<Table> operators = new ArrayList<>();
    private final List<Table> metadata = new ArrayList<>();
    private final List<Table> signatures = new ArrayList<>();

    SmallFile() {
        this(new ArrayList<>(List.of(new Table())), new ArrayList<>(), new ArrayList<>());
    }

    private SmallFile(List<Table> buffers, List<Table> codes, List<Table> branches) {
        this.buffers = buffers;
        this.codes = codes;
        this.branches = branches;
    }

    /** Another subgraph of the same file; {@link #branch(int[], int...)} ends it. */
    SmallFile another() {
        return new SmallFile(buffers, codes, branches);
    }

    /** Ends a subgraph that another one calls and gives its number; the main one has the number 0. */
    int branch(int[] inputs, int... outputs) {
        branches.add(subgraph("branch", inputs, outputs));
        return branches.size();
    }

    private Table subgraph(String name, int[] inputs, int[] outputs) {
        return new Table()
                .tables(0, tensors)
                .int32s(1, inputs)
                .int32s(2, outputs)
                .tables(3, operators)
                .string(4, name);
    }

    /** A tensor that is given or computed. */
    int tensor(String name, int type, int... dims) {
        return add(new Table().int32s(0, dims).int8(1, type).string(3, name));
    }

    /** A tensor of integers with one scale. */
    int scaled(String name, int type, float scale, long zeroPoint, int... dims) {
        return add(new Table().int32s(0, dims).int8(1, type).string(3, name).item(4, scale(scale, zeroPoint)));
    }

    /** A tensor with a description that this class has no method for. */
    int add(Table tensor) {
        tensors.add(tensor);
        return tensors.size() - 1;
    }

    static Table scale(float scale, long zeroPoint) {
        return new Table().float32s(2, scale).int64s(3, zeroPoint);
    }

    int constant(String name, int type, byte[] data, int... dims) {
        return add(
                new Table().int32s(0, dims).int8(1, type).int32(2, buffer(data)).string(3, name));
    }

    int constant(String name, int type, float scale, long zeroPoint, byte[] data, int... dims) {
        return add(new Table()
                .int32s(0, dims)
                .int8(1, type)
                .int32(2, buffer(data))
                .string(3, name)
                .item(4, scale(scale, zeroPoint)));
    }

    /** A constant with a scale for each index of an axis. */
    int perAxis(String name, int type, float[] scales, int axis, byte[] data, int... dims) {
        Table scale = new Table()
                .float32s(2, scales)
                .int64s(3, new long[scales.length])
                .int32(6, axis);
        return add(new Table()
                .int32s(0, dims)
                .int8(1, type)
                .int32(2, buffer(data))
                .string(3, name)
                .item(4, scale));
    }

    int longs(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(name, INT64, bytes.array(), values.length);
    }

    int floats(String name, float[] values, int... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(name, FLOAT32, bytes.array(), dims);
    }

    int ints(String name, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return constant(name, INT32, bytes.array(), values.length);
    }

    int buffer(byte... data) {
        buffers.add(new Table().bytes(0, data));
        return buffers.size() - 1;
    }

    /** A builtin operator; small codes stand in both fields, as TensorFlow writes them. */
    SmallFile operator(int code, Table options, int[] inputs, int... outputs) {
        codes.add(new Table().int8(0, Math.min(code, 127)).int32(2, 3).int32(3, code));
        return operator(options, inputs, outputs);
    }

    SmallFile custom(String name, byte[] options, int[] inputs, int... outputs) {
        codes.add(new Table().int8(0, 32).string(1, name).int32(3, 32));
        operators.add(new Table()
                .int32(0, codes.size() - 1)
                .int32s(1, inputs)
                .int32s(2, outputs)
                .bytes(5, options));
        return this;
    }

    /** Gives inner tensors to the operator that was added last. */
    SmallFile intermediates(int... tensors) {
        operators.get(operators.size() - 1).int32s(8, tensors);
        return this;
    }

    private SmallFile operator(Table options, int[] inputs, int[] outputs) {
        Table operator =
                new Table().int32(0, codes.size() - 1).int32s(1, inputs).int32s(2, outputs);
        if (options != null) {
            operator.int8(3, 1).item(4, options);
        }
        operators.add(operator);
        return this;
    }

    SmallFile metadata(String name, byte[] data) {
        metadata.add(new Table().string(0, name).int32(1, buffer(data)));
        return this;
    }

    SmallFile signature(String key, String inputName, int input, String outputName, int output) {
        signatures.add(new Table()
                .tables(0, List.of(new Table().string(0, inputName).int32(1, input)))
                .tables(1, List.of(new Table().string(0, outputName).int32(1, output)))
                .string(2, key));
        return this;
    }

    /** The file, whose inputs and outputs are these tensors. */
    byte[] bytes(int[] inputs, int... outputs) {
        List<Table> subgraphs = new ArrayList<>(List.of(subgraph("main", inputs, outputs)));
        subgraphs.addAll(branches);
        return FlatWriter.file(
                "TFL3",
                new Table()
                        .int32(0, 3)
                        .tables(1, codes)
                        .tables(2, subgraphs)
                        .string(3, "a small file")
                        .tables(4, buffers)
                        .tables(6, metadata)
                        .tables(7, signatures));
    }
}
