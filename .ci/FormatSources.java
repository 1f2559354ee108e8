import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds every Java source of the project in one style (palantir-java-format: 4 spaces, 120 columns); Maven calls it in
 * {@code verify}. Arguments: {@code check} or {@code apply}; a stamp file; the project's folder.
 */
final class FormatSources {
    private FormatSources() {}

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Path stamp = Path.of(args[1]);
        Path root = Path.of(args[2]).toRealPath();

        // A source older than the last check that found nothing has been seen.
        FileTime checked = Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);
        FileTime started = FileTime.fromMillis(System.currentTimeMillis());
        List<Path> changed = new ArrayList<>();
        for (Path source : sources(root)) {
            if (Files.getLastModifiedTime(source).compareTo(checked) >= 0) {
                changed.add(source);
            }
        }
        List<String> complaints = changed.isEmpty() ? List.of() : format(root, changed, apply);
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.err.println(complaints.size() + " source files are not in the project's style."
                    + " Run `mvn -N verify -Dformat=apply` to rewrite them.");
            System.exit(1);
        }
        Files.writeString(stamp, "");
        Files.setLastModifiedTime(stamp, started);
    }

    /** The project's own sources: not what is built, not what flatc writes. */
    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> {
                        String name = "/" + root.relativize(file).toString().replace('\\', '/');
                        return !name.contains("/target/") && !name.contains("/format/fb/");
                    })
                    .sorted()
                    .toList();
        }
    }

    private static List<String> format(Path root, List<Path> sources, boolean apply) {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        return sources.parallelStream()
                .map(source -> format(formatter, source, apply).map(complaint -> root.relativize(source) + complaint))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What is wrong with a source, if anything is. */
    private static Optional<String> format(Formatter formatter, Path source, boolean apply) {
        try {
            String text = Files.readString(source);
            String formatted = formatter.formatSourceAndFixImports(text);
            if (formatted.equals(text)) {
                return Optional.empty();
            }
            if (apply) {
                Files.writeString(source, formatted);
                return Optional.empty();
            }
            return Optional.of("");
        } catch (FormatterException unreadable) {
            return Optional.of(": " + unreadable.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
