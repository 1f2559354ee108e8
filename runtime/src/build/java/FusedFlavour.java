import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Derives {@code kernel.fma.Fma…} from {@code kernel.Polynomials} and each class {@code kernel.Plain…} that calls
 * {@code MultiplyAdd.of} or names a class that does: the same text with {@code Math.fma} in that call's place. So the
 * two flavours cannot drift apart, and what Android sees never mentions a method that Android 26 lacks. From package
 * {@code kernel} the derived classes reach only what is public.
 */
final class FusedFlavour {
    private static final String CALL = "MultiplyAdd.of(";

    interface Writer {
        void write(Path file, String text) throws IOException;
    }

    static void write(Path plainRoom, Path output, Writer writer) throws IOException {
        Map<String, String> plain = plainSources(plainRoom);
        Set<String> fused = fusedNames(plain);
        for (String name : fused) {
            writer.write(output.resolve(fusedName(name) + ".java"), fuse(plain.get(name), fused));
        }
    }

    private static Map<String, String> plainSources(Path room) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(room)) {
            files = all.filter(f -> f.getFileName().toString().matches("(Plain\\w+|Polynomials)\\.java"))
                    .toList();
        }
        Map<String, String> sources = new TreeMap<>();
        for (Path file : files) {
            sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
        return sources;
    }

    private static Set<String> fusedNames(Map<String, String> plain) {
        Set<String> names = new TreeSet<>();
        plain.forEach((name, text) -> {
            if (text.contains(CALL)) {
                names.add(name);
            }
        });
        boolean grown;
        do {
            grown = false;
            for (Map.Entry<String, String> candidate : plain.entrySet()) {
                if (names.stream().anyMatch(name -> mentions(candidate.getValue(), name))) {
                    grown |= names.add(candidate.getKey());
                }
            }
        } while (grown);
        return names;
    }

    private static boolean mentions(String text, String name) {
        return text.lines()
                .anyMatch(line ->
                        line.matches(".*\\b" + name + "\\b.*") && !line.strip().startsWith("*"));
    }

    private static String fuse(String text, Set<String> fused) {
        String result = text.replace(CALL, "Math.fma(").replaceFirst("package dev\\.junco\\.runtime\\.kernel;", """
            package dev.junco.runtime.kernel.fma;

            import dev.junco.runtime.kernel.*;\
            """);
        for (String name : fused) {
            result = result.replaceAll("\\b" + name + "\\b", fusedName(name));
        }
        return result;
    }

    private static String fusedName(String plain) {
        return "Fma" + plain.replaceFirst("^Plain", "");
    }
}
