import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fails when files together are larger than a limit; Maven calls it in {@code package}. Arguments: the limit in bytes; the
 * files, separated as in a class path.
 */
final class CheckSize {
    private CheckSize() {}

    public static void main(String[] args) throws IOException {
        long limit = Long.parseLong(args[0]);
        long sum = 0;
        StringBuilder files = new StringBuilder();
        for (String name : args[1].split(System.getProperty("path.separator"))) {
            Path file = Path.of(name);
            sum += Files.size(file);
            files.append(files.isEmpty() ? "" : ", ")
                    .append(file.getFileName())
                    .append(' ')
                    .append(Files.size(file));
        }
        System.out.println("Runtime with its dependencies: " + sum + " of at most " + limit + " bytes (" + files + ")");
        if (sum > limit) {
            System.err.println("That is too much for an app on a phone; see docs/decisions/0011-a-small-jar.md.");
            System.exit(1);
        }
    }
}
