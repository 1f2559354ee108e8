package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.RfftAttributes;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The Fourier transform and what is done with its result. A tensor of complex numbers {@code [axes…]} of the file is a float32 value {@code [axes…, 2]} of real and imaginary
 * parts, so only the operators here may take or make one.
 */
final class ComplexImports {
    private static final Map<String, Translation> TABLE = new TreeMap<>();

    static {
        TABLE.put("RFFT2D", ComplexImports::transform);
        TABLE.put("COMPLEX_ABS", ComplexImports::magnitude);
        TABLE.put("REAL", op -> part(op, 0));
        TABLE.put("IMAG", op -> part(op, 1));
        TABLE.put("RESHAPE", ComplexImports::reshape);
        TABLE.put("SQUEEZE", ComplexImports::reshape);
        TABLE.put("EXPAND_DIMS", ComplexImports::reshape);
    }

    private ComplexImports() {}

    /** Whether an operator takes or makes complex numbers. */
    static boolean concern(OperatorInfo operator, Assembly assembly) {
        return IntStream.concat(Arrays.stream(operator.inputs()), Arrays.stream(operator.outputs()))
                .anyMatch(tensor -> tensor >= 0 && isComplex(assembly.tensor(tensor)));
    }

    static boolean isComplex(TensorInfo tensor) {
        return tensor.type() == TensorType.COMPLEX64;
    }

    /** The names of the operators that may compute with them. */
    static Set<String> names() {
        return TABLE.keySet();
    }

    /** The translation of such an operator. */
    static Translation find(OperatorInfo operator) {
        Translation known = operator.custom() ? null : TABLE.get(operator.name());
        return known != null
                ? known
                : op -> {
                    throw new Untranslatable("it computes with complex numbers, which only "
                            + String.join(", ", TABLE.keySet()) + " may");
                };
    }

    private static void transform(Operation op) {
        int[] length = op.ints(1, "length of the transform");
        Shape x = op.shape(0);
        boolean row = length.length == 2 && length[0] == 1 && x.rank() >= 2 && x.dim(-2) == 1;
        if (op.type(0) != DType.FLOAT32 || !row) {
            throw new Untranslatable("a transform of lengths " + Arrays.toString(length) + " of " + op.spec(0)
                    + ", expected one of single rows of FLOAT32");
        }
        op.node(new RfftAttributes(length[1]), op.value(0));
    }

    private static void magnitude(Operation op) {
        int last = op.shape(0).rank() - 1;
        op.node(new ReduceAttributes(ReduceKind.L2, List.of(last), false), op.value(0));
    }

    private static void part(Operation op, int index) {
        Value x = op.value(0);
        int rank = x.shape().rank();
        List<Integer> begin = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(rank, -1));
        begin.set(rank - 1, index);
        sizes.set(rank - 1, 1);
        Value part = op.step("part", new SliceAttributes(begin, sizes, Collections.nCopies(rank, 1)), x);
        int[] dims = Arrays.copyOf(part.shape().dims(), rank - 1);
        op.node(ShapeImports.reshape(part.shape(), dims), part);
    }

    private static void reshape(Operation op) {
        int[] axes = op.result(0).dims();
        int[] dims = Arrays.copyOf(axes, axes.length + 1);
        dims[axes.length] = 2;
        op.node(ShapeImports.reshape(op.shape(0), dims), op.value(0));
    }
}
