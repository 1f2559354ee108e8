package dev.junco.converter.tflite;

import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.graph.attributes.CustomAttributes;

/** Custom operators that the application brings. Their options are the file's bytes as they are. */
final class CustomImports {
    private CustomImports() {}

    /** Whether an operator is one of the application. */
    static boolean concern(OperatorInfo operator, CustomOperators operators) {
        return operator.custom() && operators.names().contains(operator.name());
    }

    static void translate(Operation op) {
        for (int i = 0; i < op.operands(); i++) {
            if (!op.has(i)) {
                throw new Untranslatable(
                        "its operand " + i + " is left out; operators of the application have them all");
            }
        }
        OperatorInfo info = op.info();
        op.allResults(new CustomAttributes(info.name(), info.version(), info.customOptions()), op.values());
        for (int i = 0; i < op.results(); i++) {
            if (!op.isDefined(i)) {
                throw new Untranslatable("the file has " + op.results() + " results, the application's operator fewer");
            }
        }
    }
}
