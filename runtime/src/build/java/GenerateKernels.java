import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the kernels nobody should type: register tiles of matrix products for every vector width, and the fused
 * multiply-add flavour of the plain kernels. Started by the build as {@code java GenerateKernels.java <outputDirectory>}.
 */
final class GenerateKernels {
    private static final String VECTOR_ROOM = "dev/junco/runtime/vector/";
    private static final String PLAIN_ROOM = "dev/junco/runtime/kernel/";

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: java GenerateKernels.java <outputDirectory>");
        }
        Path output = Path.of(arguments[0]);
        for (TileShapes shapes : TileShapes.ALL) {
            write(output.resolve(VECTOR_ROOM + shapes.className() + ".java"), TilesSource.of(shapes));
        }
        Path runtime = Path.of(System.getProperty("jdk.launcher.sourcefile"))
                .toAbsolutePath()
                .getParent() // java
                .getParent() // build
                .getParent(); // src
        FusedFlavour.write(
                runtime.resolve("main/java/" + PLAIN_ROOM), output.resolve(PLAIN_ROOM + "fma"), GenerateKernels::write);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }
}
