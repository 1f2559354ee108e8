package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Graph;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a fresh JVM loads until its first answer. Time itself is no test; but the time is in the classes, a third of a millisecond for each of ours,
 * and in a few services of the platform that take tens of milliseconds to start.
 */
class ColdStartTest {
    /** Whoever gets here finds out first what is loaded that this model does not need; see docs/cold-start.md. */
    private static final int MOST_CLASSES = 220;

    /** Parts of names of classes, with what brings them. */
    private static final Map<String, String> EXPENSIVE = Map.of(
            "$$Lambda", "a lambda or method reference, 10 to 20 ms for the first: write a class",
            "java.lang.runtime.ObjectMethods", "equals, hashCode or toString of a record, 10 ms: write it out",
            "java.lang.invoke.StringConcatFactory", "text joined by invokedynamic: -XDstringConcat=inline is missing",
            "java.security.MessageDigest", "a digest of the platform, 30 ms",
            "jdk.internal.misc.ExtendedMapMode", "a mapped file, 50 ms: read small ones",
            "java.util.regex.Pattern", "regular expressions, String.split or String.format",
            "java.util.stream.", "streams",
            "jdk.incubator.vector.FloatVector", "vector kernels, which wait for the first answer");

    @TempDir
    private Path folder;

    @Test
    void aFloatModelLoadsLittle() throws Exception {
        assertLean(KeywordSpotting.float32());
    }

    @Test
    void anInt8ModelLoadsLittle() throws Exception {
        assertLean(KeywordSpotting.int8());
    }

    private void assertLean(Graph graph) throws Exception {
        Path file = folder.resolve("model.junco");
        ModelWriter.write(Model.contentOf(graph, Metadata.EMPTY), file);
        List<String> classes = loadedUntilAnswer(file);
        List<String> own = new ArrayList<>();
        List<String> expensive = new ArrayList<>();
        for (String name : classes) {
            if (name.startsWith("dev.junco.runtime.")) {
                own.add(name);
            }
            EXPENSIVE.forEach((part, reason) -> {
                if (name.contains(part)) {
                    expensive.add(name + ": " + reason);
                }
            });
        }
        assertEquals(List.of(), expensive);
        assertTrue(own.contains(Interpreter.class.getName()), "no log of loaded classes: " + classes);
        assertTrue(own.size() <= MOST_CLASSES, () -> own.size() + " classes: " + own);
    }

    private static List<String> loadedUntilAnswer(Path model) throws Exception {
        List<String> classes = new ArrayList<>();
        List<String> other = new ArrayList<>();
        boolean started = false;
        boolean answered = false;
        Process process = start(model);
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(" source: ");
                if (at < 0) {
                    other.add(line);
                    answered |= line.contains(FirstAnswer.DONE);
                } else if (!answered) {
                    String name = line.substring(line.lastIndexOf(' ', at - 1) + 1, at);
                    started |= name.equals(FirstAnswer.class.getName());
                    if (started) {
                        classes.add(name);
                    }
                }
            }
        }
        assertEquals(0, process.waitFor(), () -> String.join("\n", other));
        assertTrue(answered, () -> "no answer: " + String.join("\n", other));
        return classes;
    }

    private static Process start(Path model) throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Boolean.getBoolean("junco.test.vector")) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.add("-Xlog:class+load");
        command.add("-cp");
        command.add(location(Model.class) + File.pathSeparator + location(FirstAnswer.class));
        command.add(FirstAnswer.class.getName());
        command.add(model.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
