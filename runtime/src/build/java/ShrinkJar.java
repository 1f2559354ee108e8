import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes the runtime's jar smaller, in place; Maven calls it in {@code package}. Arguments: the jar, the date of every
 * entry.
 *
 * <ul>
 *   <li>What the runtime does not use of FlatBuffers and of the code that flatc writes is dropped: {@link UnusedMembers}.
 *   <li>Classes of the inner rooms lose their line numbers: half of them a generator wrote, into files that nobody has.
 *   <li>The constants of each class are sorted, entries deflated as far as it goes, and folders have none.
 * </ul>
 *
 * No instruction of any method changes.
 */
final class ShrinkJar {
    /** No sibling and no user sees these two packages: what is unused in this jar is unused. */
    private static final Set<String> CLOSED =
            Set.of("dev/junco/runtime/format/fb/", "dev/junco/runtime/format/flatbuffers/");

    /** The public face: the only room whose classes keep line numbers. */
    private static final String PUBLIC = "dev/junco/runtime/";

    private ShrinkJar() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Instant date = Instant.parse(args[1]);

        Map<String, byte[]> entries = read(jar);
        Map<String, byte[]> classes = new TreeMap<>();
        entries.forEach((name, bytes) -> {
            if (name.endsWith(".class") && !name.equals("module-info.class")) {
                classes.put(name.substring(0, name.length() - ".class".length()), bytes);
            }
        });
        ClassFiles files = new ClassFiles(classes);
        Map<String, byte[]> shrunk = new UnusedMembers(files, CLOSED).drop();
        shrunk.replaceAll((name, bytes) -> files.sorted(isPublicFace(name) ? bytes : files.withoutLines(bytes)));
        files.check(shrunk);

        entries.keySet().removeIf(name -> classes.containsKey(name.replaceFirst("\\.class$", "")));
        shrunk.forEach((name, bytes) -> entries.put(name + ".class", bytes));
        write(jar, entries, date);
    }

    /** Whether a class belongs to the public face. Inner rooms report errors by sentences that name node, tensor or byte. */
    private static boolean isPublicFace(String name) {
        return name.startsWith(PUBLIC) && name.indexOf('/', PUBLIC.length()) < 0;
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), content.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static void write(Path jar, Map<String, byte[]> entries, Instant date) throws IOException {
        Path fresh = jar.resolveSibling(jar.getFileName() + ".shrunk");
        try (OutputStream file = Files.newOutputStream(fresh);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            // Readers that stream a jar want its manifest first.
            put(zip, JarFile.MANIFEST_NAME, entries.remove(JarFile.MANIFEST_NAME), date);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue(), date);
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content, Instant date) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // Unlike setTime, this depends on no time zone.
        entry.setTimeLocal(LocalDateTime.ofInstant(date, ZoneOffset.UTC));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
