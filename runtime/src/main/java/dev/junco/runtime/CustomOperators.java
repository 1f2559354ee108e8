package dev.junco.runtime;

import dev.junco.runtime.op.OperatorCatalog;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operators that an application brings to its models. Immutable.
 *
 * <pre>{@code
 * Model model = Model.load(Path.of("speech.junco"), CustomOperators.of(new Mel(), new Decode()));
 * }</pre>
 */
public final class CustomOperators {
    /** No operators but the runtime's own. */
    public static final CustomOperators NONE = new CustomOperators(Collections.emptyMap());

    /**
     * Any custom operators, known by nothing but what files say of them: models that use some can be loaded, looked at, converted and written, but not run.
     */
    public static final CustomOperators ANY = new CustomOperators(Collections.emptyMap());

    private final Map<String, CustomOperator> byName;

    private CustomOperators(Map<String, CustomOperator> byName) {
        this.byName = byName;
    }

    /**
     * Some operators.
     *
     * @throws IllegalArgumentException if two have the same name, or one has none or a version below 1
     */
    public static CustomOperators of(CustomOperator... operators) {
        Map<String, CustomOperator> byName = new TreeMap<>();
        for (CustomOperator operator : operators) {
            String name = operator.name();
            if (name == null || name.isEmpty() || operator.version() < 1) {
                throw new IllegalArgumentException(
                        "custom operator " + operator.getClass().getName() + " has name '" + name + "' and version "
                                + operator.version() + "; expected a name, and at least 1");
            }
            if (byName.put(name, operator) != null) {
                throw new IllegalArgumentException("two custom operators are named '" + name + "'");
            }
        }
        return new CustomOperators(Collections.unmodifiableMap(byName));
    }

    /** Their names, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The operator of a name, null if there is none. */
    CustomOperator get(String name) {
        return byName.get(name);
    }

    /** The runtime's operators and these: what a graph may use. */
    public OperatorCatalog catalog() {
        if (this == ANY) {
            return OperatorCatalog.standard().with(List.of(new UnknownCustomAdapter()));
        }
        return byName.isEmpty()
                ? OperatorCatalog.standard()
                : OperatorCatalog.standard().with(List.of(new CustomAdapter(this)));
    }

    @Override
    public String toString() {
        return this == ANY ? "any" : byName.keySet().toString();
    }
}
