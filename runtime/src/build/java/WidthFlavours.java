import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Derives {@code vector.…256} and {@code vector.…128} from each class {@code vector.Vector…512}: the same text with
 * narrower species, because a species must be a constant of the class that uses it. In such a class 512 stands for the
 * width of a vector and 256 for half of it, wherever they occur, and {@code LANES = 16} for its lanes of 32 bits. No class uses floats of another
 * width than its own: methods of the Vector API that call others on {@code this} have a profile that all widths share, and where two widths have run
 * in a process, C2 may keep vectors as objects.
 */
final class WidthFlavours {
    interface Writer {
        void write(Path file, String text) throws IOException;
    }

    private static final Pattern WIDTH = Pattern.compile("(?<!\\d)(512|256)(?!\\d)");

    private WidthFlavours() {}

    static void write(Path vectorRoom, Path output, Writer writer) throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.list(vectorRoom)) {
            sources = all.filter(f -> f.getFileName().toString().matches("Vector\\w+512\\.java"))
                    .sorted()
                    .toList();
        }
        for (Path source : sources) {
            for (int bits : new int[] {256, 128}) {
                String name = source.getFileName().toString().replace("512", "" + bits);
                writer.write(output.resolve(name), narrow(Files.readString(source), bits));
            }
        }
    }

    private static String narrow(String text, int bits) {
        String narrower = WIDTH.matcher(text).replaceAll(m -> "" + (m.group(1).equals("512") ? bits : bits / 2));
        return narrower.replace("LANES = 16;", "LANES = " + bits / 32 + ";");
    }
}
