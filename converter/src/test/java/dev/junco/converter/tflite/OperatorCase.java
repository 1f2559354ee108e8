package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.kernel.KernelProviders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file of one operator, what it is given, and what it answers. Operands and results are added in the operator's order. */
final class OperatorCase {
    private static final double TOLERANCE = 1e-5;

    private final String name;
    private final int code;
    private final SmallFile file = new SmallFile();
    private final List<Integer> operands = new ArrayList<>();
    private final List<Integer> inputs = new ArrayList<>();
    private final List<Integer> results = new ArrayList<>();
    private final List<double[]> given = new ArrayList<>();
    private final List<double[]> answers = new ArrayList<>();
    private Table options = new Table();

    private OperatorCase(String name, int code) {
        this.name = name;
        this.code = code;
    }

    /**
     * A case without operands yet.
     *
     * @param name the operator's name in the schema and, behind a comma, what is special
     * @param code its number in the schema
     */
    static OperatorCase of(String name, int code) {
        return new OperatorCase(name, code);
    }

    static int[] dims(int... dims) {
        return dims;
    }

    /** Options by their numbers in the schema. */
    OperatorCase options(Table table) {
        options = table;
        return this;
    }

    /** A float32 operand that is an input of the file. */
    OperatorCase given(int[] dims, double... elements) {
        return given(SmallFile.FLOAT32, dims, elements);
    }

    OperatorCase given(int type, int[] dims, double... elements) {
        return input(file.tensor("x" + operands.size(), type, dims), elements);
    }

    /** An operand of integers with a scale, which are told as they are stored. */
    OperatorCase scaled(int type, float scale, int zeroPoint, int[] dims, double... elements) {
        return input(file.scaled("x" + operands.size(), type, scale, zeroPoint, dims), elements);
    }

    private OperatorCase input(int tensor, double... elements) {
        inputs.add(tensor);
        given.add(elements);
        return operand(tensor);
    }

    /** A constant of float32. */
    OperatorCase reals(int[] dims, double... elements) {
        float[] floats = new float[elements.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) elements[i];
        }
        return operand(file.floats("c" + operands.size(), floats, dims));
    }

    /** A constant of int32. */
    OperatorCase ints(int[] dims, int... elements) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(elements);
        return operand(file.constant("c" + operands.size(), SmallFile.INT32, bytes.array(), dims));
    }

    /** A variable of float32, which starts from zeros. */
    OperatorCase state(int... dims) {
        return operand(file.add(new Table()
                .int32s(0, dims)
                .int8(1, SmallFile.FLOAT32)
                .string(3, "state" + operands.size())
                .int8(5, 1)));
    }

    /** So many optional operands are left out. */
    OperatorCase without(int count) {
        for (int i = 0; i < count; i++) {
            operands.add(-1);
        }
        return this;
    }

    private OperatorCase operand(int tensor) {
        operands.add(tensor);
        return this;
    }

    /** A float32 result. */
    OperatorCase answers(int[] dims, double... elements) {
        return answers(SmallFile.FLOAT32, dims, elements);
    }

    OperatorCase answers(int type, int[] dims, double... elements) {
        return result(file.tensor("y" + results.size(), type, dims), elements);
    }

    /** A result of integers with a scale, which are told as they are stored. */
    OperatorCase answersScaled(int type, float scale, int zeroPoint, int[] dims, double... elements) {
        return result(file.scaled("y" + results.size(), type, scale, zeroPoint, dims), elements);
    }

    private OperatorCase result(int tensor, double... elements) {
        results.add(tensor);
        answers.add(elements);
        return this;
    }

    String operator() {
        return name.split(",")[0];
    }

    int code() {
        return code;
    }

    byte[] bytes() {
        return file.operator(code, options, ShapeImports.ints(operands), ShapeImports.ints(results))
                .bytes(ShapeImports.ints(inputs), ShapeImports.ints(results));
    }

    /** Imports the file, runs it, and compares. */
    void check() {
        List<double[]> found = new TypedRun(TfliteImporterTest.graph(bytes()), KernelProviders.plain()).run(given);
        assertEquals(answers.size(), found.size(), "results");
        for (int i = 0; i < found.size(); i++) {
            String what = name + ", result " + i + ": " + Arrays.toString(found.get(i));
            assertArrayEquals(answers.get(i), found.get(i), TOLERANCE, what);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
