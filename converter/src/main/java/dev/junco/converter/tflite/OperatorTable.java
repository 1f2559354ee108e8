package dev.junco.converter.tflite;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The operators that can be imported, by the schema's name or the name of a custom operator. */
final class OperatorTable {
    private static final Map<String, Translation> BUILTIN = new HashMap<>();
    private static final Map<String, Translation> CUSTOM = new HashMap<>();

    static {
        ConvolutionImports.register(BUILTIN);
        VolumeImports.register(BUILTIN);
        PoolingImports.register(BUILTIN);
        ArithmeticImports.register(BUILTIN);
        ActivationImports.register(BUILTIN);
        ShapeImports.register(BUILTIN);
        SliceImports.register(BUILTIN);
        GatherImports.register(BUILTIN);
        FillImports.register(BUILTIN);
        ImageImports.register(BUILTIN);
        MatrixImports.register(BUILTIN);
        DiagonalImports.register(BUILTIN);
        QuantizationImports.register(BUILTIN);
        RecurrentImports.register(BUILTIN);
        DetectionImports.registerBuiltin(BUILTIN);
        DetectionImports.registerCustom(CUSTOM);
    }

    private OperatorTable() {}

    /** Names of the builtin operators that have a translation. */
    static Set<String> builtin() {
        return BUILTIN.keySet();
    }

    /** The translation of an operator, null if there is none. */
    static Translation find(OperatorInfo operator) {
        return (operator.custom() ? CUSTOM : BUILTIN).get(operator.name());
    }

    /** The names of all operators that can be imported. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(BUILTIN.keySet());
        names.addAll(CUSTOM.keySet());
        names.addAll(ComplexImports.names());
        return names;
    }
}
