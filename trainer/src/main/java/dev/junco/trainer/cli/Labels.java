package dev.junco.trainer.cli;

import dev.junco.runtime.Model;
import java.util.ArrayList;
import java.util.List;

/** Names of classes. */
final class Labels {
    private Labels() {}

    /** The model's labels; numbers for classes that have none. */
    static List<String> of(Model model, int classes) {
        List<String> names = new ArrayList<>(model.metadata().labels());
        for (int i = names.size(); i < classes; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }
}
