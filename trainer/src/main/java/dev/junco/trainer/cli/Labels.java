package dev.junco.trainer.cli;

import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.trainer.data.DataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names of classes. */
final class Labels {
    private Labels() {}

    /**
     * A model with names of classes from a text file, a line each; as it is without a file.
     *
     * @throws DataException if the file cannot be read or does not name as many classes as the model has
     */
    static Model named(Model model, Path file) {
        if (file == null) {
            return model;
        }
        List<String> names;
        try {
            names = Files.readString(file).strip().lines().toList();
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read; expected a text file, one label a line.", e);
        }
        Shape answer = model.outputs().values().iterator().next().shape();
        int classes = answer.rank() == 0 ? 1 : answer.dim(-1);
        if (names.size() != Math.max(2, classes)) {
            throw new DataException(file + " names " + names.size() + " classes, the model has " + Math.max(2, classes)
                    + "; expected one label a line.");
        }
        return Model.of(model.content().signatures(), model.metadata().withLabels(names), model.operators());
    }

    /** The model's labels; numbers for classes that have none. */
    static List<String> of(Model model, int classes) {
        List<String> names = new ArrayList<>(model.metadata().labels());
        for (int i = names.size(); i < classes; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }
}
