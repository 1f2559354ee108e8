package dev.junco.runtime.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed code of dev.junco.runtime.format.fb is what flatc makes of model.fbs. */
class GeneratedFormatTest {
    private static final Path PACKAGE = Path.of("dev/junco/runtime/format/fb");
    private static final String FLATBUFFERS = "dev.junco.runtime.format.flatbuffers";
    private static final Path SCHEMA = Path.of("src/main/flatbuffers/model.fbs");

    @Test
    void generatedCodeMatchesTheSchema(@TempDir Path fresh) throws Exception {
        Path flatc = Path.of("target/flatc/bin", windows() ? "flatc.exe" : "flatc");
        assumeTrue(Files.exists(flatc), "Maven Central has no flatc for this platform");

        Process process = new ProcessBuilder(
                        flatc.toAbsolutePath().toString(), "--java", "-o", fresh.toString(), SCHEMA.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);

        Map<String, String> expected = sources(fresh.resolve(PACKAGE));
        // The build gives FlatBuffers a package of Junco's own.
        expected.replaceAll((name, text) -> text.replace("com.google.flatbuffers", FLATBUFFERS));
        assertEquals(
                expected,
                sources(Path.of("src/main/java").resolve(PACKAGE)),
                "Run: mvn -Pflatc -pl runtime generate-sources");
    }

    private static Map<String, String> sources(Path folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return sources;
    }

    private static boolean windows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
