package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model needs and Junco lacks, collected so that all of it is told at once. Not thread-safe. */
final class Missing {
    private static final int NAMES = 3;

    private static final String SUPPLY =
            "; a custom operator may be brought by the application: a CustomOperator of that name,"
                    + " given to ModelFiles.read(file, CustomOperators.of(...))";

    private final Map<String, List<String>> operators = new LinkedHashMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();
    private boolean custom;

    boolean isEmpty() {
        return operators.isEmpty() && others.isEmpty();
    }

    /** An operator that is not known at all. */
    void add(OperatorInfo operator, String node) {
        custom |= operator.custom();
        operators.computeIfAbsent(operator.label(), key -> new ArrayList<>()).add(node);
    }

    /** A use of an operator that is not supported. */
    void add(OperatorInfo operator, String node, String reason) {
        others.put(operator.label() + " '" + node + "'", reason);
    }

    /** Anything else. */
    void add(String what, String reason) {
        others.put(what, reason);
    }

    /** @throws ImportException if there is anything to tell */
    void report() {
        if (isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        operators.forEach((label, nodes) -> parts.add(label + " (" + names(nodes) + ")"));
        String unknown = parts.isEmpty() ? "" : "Junco has no counterpart for " + String.join(", ", parts);
        List<String> reasons = new ArrayList<>();
        others.forEach((what, reason) -> reasons.add(what + ": " + reason));
        String unsupported = reasons.isEmpty() ? "" : "not supported is " + String.join("; ", reasons);
        throw new ImportException("the model cannot be imported: " + unknown
                + (unknown.isEmpty() || unsupported.isEmpty() ? "" : "; ") + unsupported
                + (custom ? SUPPLY : ""));
    }

    private static String names(List<String> nodes) {
        String shown = "'" + String.join("', '", nodes.subList(0, Math.min(NAMES, nodes.size()))) + "'";
        return nodes.size() > NAMES ? shown + " and " + (nodes.size() - NAMES) + " more" : shown;
    }
}
