package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.op.OperatorCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operators.md names all that there is. */
class OperatorsDocumentTest {
    private static final String REFUSED = "## What the importer of TensorFlow Lite models refuses";

    private static String document() throws IOException {
        Path file = Path.of("docs", "operators.md");
        String text = Files.readString(Files.exists(file) ? file : Path.of("..").resolve(file));
        assertTrue(text.contains(REFUSED));
        return text;
    }

    private static List<String> unnamed(Collection<String> names, String text) {
        Set<String> words = new TreeSet<>();
        Matcher word = Pattern.compile("\\w+").matcher(text);
        while (word.find()) {
            words.add(word.group());
        }
        return names.stream().filter(name -> !words.contains(name)).sorted().toList();
    }

    @Test
    void everyOperatorOfTheRuntimeIsNamed() throws IOException {
        List<String> names = OperatorCatalog.standard().operators().stream()
                .map(operator -> operator.getClass().getSimpleName().replace("Operator", ""))
                .toList();
        assertTrue(names.size() > 40, names.toString());
        assertEquals(List.of(), unnamed(names, document()));
    }

    @Test
    void everyOperatorThatCanBeImportedIsNamedBeforeTheRefusals() throws IOException {
        String text = document();
        Set<String> names = OperatorTable.names();
        assertTrue(names.size() > 100, names.toString());
        assertEquals(List.of(), unnamed(names, text.substring(0, text.indexOf(REFUSED))));
    }
}
