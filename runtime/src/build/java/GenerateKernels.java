import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the kernels that nobody should type as Java sources into the folder named by the only argument: register tiles of matrix
 * products, lines of depthwise convolutions, narrower flavours of the other vector kernels, fused flavours of the plain ones. Maven calls it in
 * {@code generate-sources}. A file whose text has not changed is left alone, so that the compiler stays incremental.
 */
final class GenerateKernels {
    private GenerateKernels() {}

    public static void main(String[] args) throws IOException {
        Path output = Path.of(args[0]).resolve("dev/junco/runtime");
        Path sources = Path.of(System.getProperty("jdk.launcher.sourcefile"))
                .toAbsolutePath()
                .getParent()
                .resolve("../../main/java/dev/junco/runtime");
        Path fused = output.resolve("kernel/fma");
        Path vector = output.resolve("vector");
        FusedFlavour.write(sources.resolve("kernel"), fused, GenerateKernels::write);
        WidthFlavours.write(sources.resolve("vector"), vector, GenerateKernels::write);
        for (TileShapes shapes : TileShapes.ALL) {
            write(vector.resolve(shapes.className() + ".java"), TilesSource.of(shapes));
            String lines = DepthwiseLinesSource.className(shapes.bits());
            write(vector.resolve(lines + ".java"), DepthwiseLinesSource.of(shapes.bits()));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }
}
