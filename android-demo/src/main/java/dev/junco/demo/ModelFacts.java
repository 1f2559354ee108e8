package dev.junco.demo;

import android.content.res.Resources;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Profile;
import dev.junco.runtime.SelfTest;
import java.util.LinkedHashMap;
import java.util.Map;

/** What there is to say about a model, by title, in the order of the screen. */
final class ModelFacts {
    private ModelFacts() {}

    static Map<String, String> of(Classifier classifier, Resources words) {
        Model model = classifier.model();
        Metadata metadata = model.metadata();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(words.getString(R.string.fact_name), metadata.name());
        facts.put(words.getString(R.string.fact_description), metadata.description());
        facts.put(words.getString(R.string.fact_licence), metadata.licence());
        facts.put(words.getString(R.string.fact_labels), String.join(", ", metadata.labels()));
        facts.put(words.getString(R.string.fact_file), words.getString(R.string.bytes, model.fileBytes()));
        facts.put(words.getString(R.string.fact_arena), words.getString(R.string.bytes, model.arenaBytes()));
        facts.put(words.getString(R.string.fact_input), tensors(model.inputs()));
        facts.put(words.getString(R.string.fact_output), tensors(model.outputs()));
        facts.put(words.getString(R.string.fact_operators), operators(classifier, words));
        facts.put(words.getString(R.string.fact_kernels), classifier.kernels());
        facts.put(words.getString(R.string.fact_self_test), selfTest(model.selfTest(), words));
        return facts;
    }

    private static String tensors(Map<String, ?> tensors) {
        StringBuilder text = new StringBuilder();
        tensors.forEach((name, spec) -> text.append(text.length() == 0 ? "" : "\n")
                .append(name)
                .append(": ")
                .append(spec));
        return text.toString();
    }

    private static String operators(Classifier classifier, Resources words) {
        StringBuilder text = new StringBuilder();
        for (Profile.Operator operator : classifier.operators()) {
            text.append(text.length() == 0 ? "" : "\n").append(operator.operator());
            if (operator.multiplyAdds() > 0) {
                text.append(", ").append(words.getString(R.string.multiply_adds, operator.multiplyAdds()));
            }
        }
        return text.toString();
    }

    /** Whether this device computes what the machine computed that made the model. */
    private static String selfTest(SelfTest test, Resources words) {
        switch (test.outcome()) {
            case PASSED:
                return words.getString(R.string.self_test_passed);
            case FAILED:
                return words.getString(
                        R.string.self_test_failed, test.index(), test.output(), test.found(), test.expected());
            default:
                return words.getString(R.string.self_test_absent);
        }
    }
}
