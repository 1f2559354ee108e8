package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;

/** {@link UnaryAttributes}: float32 and int8; what {@link Int16Function} has also int16; NEGATE, ABS, SQUARE and SIGN also of int32, where overflow wraps. */
final class UnaryOperator extends ElementOperator<UnaryAttributes> {
    UnaryOperator() {
        super(UnaryAttributes.class, "Unary");
    }

    /** The kind in the form of other names: {@code HardSwish}. */
    @Override
    public String name(UnaryAttributes attributes) {
        return camelCase(attributes.function().kind().name());
    }

    /** {@code HARD_SWISH} becomes {@code HardSwish}. */
    static String camelCase(String constant) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < constant.length(); i++) {
            char c = constant.charAt(i);
            boolean first = i == 0 || constant.charAt(i - 1) == '_';
            if (c != '_') {
                name.append(first ? c : Character.toLowerCase(c));
            }
        }
        return name.toString();
    }

    @Override
    public List<TensorSpec> infer(UnaryAttributes attributes, List<Value> inputs) {
        ScalarFunction function = attributes.function();
        Kind kind = function.kind();
        if (kind.compareTo(Kind.TANH) <= 0) {
            throw new GraphException(kind + " is a function of Activation; write it as one");
        }
        requireParameters(function);
        if (inputs.size() == 1 && inputs.get(0).type() == DType.INT32 && hasIntegers(kind)) {
            return List.of(TensorSpec.int32(inputs.get(0).shape()));
        }
        boolean shorts =
                Int16Function.has(kind) && inputs.size() == 1 && inputs.get(0).type() == DType.INT16;
        if (inputs.size() == 1 && hasIntegers(kind) && !shorts) {
            requireType(inputs.get(0), "input", DType.FLOAT32, DType.INT8, DType.INT32);
        }
        return super.infer(attributes, inputs);
    }

    /** Throws unless the parameters are in the function's domain. */
    static void requireParameters(ScalarFunction function) {
        Kind kind = function.kind();
        boolean bounds = kind == Kind.CLIP;
        if (bounds ? !(function.alpha() <= function.beta()) : !finite(function)) {
            throw new GraphException("parameters are " + function.alpha() + " and " + function.beta() + ", expected "
                    + (bounds ? "a lower and an upper bound" : "finite numbers"));
        }
        if (kind == Kind.CELU && function.alpha() <= 0) {
            throw new GraphException("alpha is " + function.alpha() + ", expected a positive number");
        }
    }

    private static boolean finite(ScalarFunction function) {
        return Float.isFinite(function.alpha()) && Float.isFinite(function.beta());
    }

    private static boolean hasIntegers(Kind kind) {
        return kind == Kind.NEGATE || kind == Kind.ABS || kind == Kind.SQUARE || kind == Kind.SIGN;
    }

    @Override
    double apply(UnaryAttributes attributes, double x) {
        return attributes.function().apply(x);
    }

    @Override
    Step step(UnaryAttributes attributes, Binding binding, FloatRef x, FloatRef y, int elements) {
        return new FunctionStep(binding.kernels(), attributes.function(), x, y, elements);
    }

    @Override
    boolean hasInt16(UnaryAttributes attributes) {
        return Int16Function.has(attributes.function().kind());
    }

    @Override
    Int16Function int16(UnaryAttributes attributes, Quantization from, Quantization to) {
        return Int16Function.of(attributes.function(), from, to);
    }

    @Override
    byte[] table(UnaryAttributes attributes, Quantization from, Quantization to) {
        return Int8Functions.table(attributes.function(), from, to);
    }

    @Override
    public void bind(UnaryAttributes attributes, Node node, Binding binding) {
        if (node.output().type() != DType.INT32) {
            super.bind(attributes, node, binding);
            return;
        }
        Kind kind = attributes.function().kind();
        IntRef x = binding.ints(node.input(0));
        IntRef y = binding.ints(node.output());
        binding.add(new ElementwiseStep(node.output().shape().elements(), 1) {
            @Override
            protected void apply(int first, int n) {
                for (int i = first; i < first + n; i++) {
                    y.array()[y.offset() + i] = integer(kind, x.array()[x.offset() + i]);
                }
            }
        });
    }

    private static int integer(Kind kind, int x) {
        switch (kind) {
            case NEGATE:
                return -x;
            case ABS:
                return Math.abs(x);
            case SQUARE:
                return x * x;
            default:
                return Integer.signum(x);
        }
    }
}
