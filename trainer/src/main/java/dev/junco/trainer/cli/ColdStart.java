package dev.junco.trainer.cli;

import dev.junco.runtime.Model;
import dev.junco.trainer.report.TextTable;
import dev.junco.trainer.report.TextTable.Align;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@code junco benchmark --cold}: whole processes from their start to their end, in turn with an empty {@code main}, so that a machine whose speed
 * drifts is unfair to none of them. Each process has the runtime's jar and one class on its class path, and the flags that its row names.
 */
final class ColdStart {
    private static final String VECTOR = "--add-modules=jdk.incubator.vector";
    private static final int STEADY_SECONDS = 4;
    private static final int MOST_STEADY = 5;

    private final Path model;
    private final int processes;
    private final Path folder;
    private final String classPath;
    private final List<Row> rows = new ArrayList<>();
    private final List<List<String>> steady = new ArrayList<>();

    private ColdStart(Path model, int processes, Path folder) throws IOException {
        this.model = model;
        this.processes = processes;
        this.folder = folder;
        this.classPath = runtime() + File.pathSeparator + probe(folder);
    }

    /** One kind of process. */
    private record Row(String name, String task, List<String> flags, long[] nanos, long[] peak) {
        double median() {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return middle(sorted);
        }
    }

    static void measure(Path model, int processes, PrintWriter out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("junco-cold");
        try {
            new ColdStart(model.toAbsolutePath(), processes, folder).measure(out);
        } finally {
            delete(folder);
        }
    }

    private void measure(PrintWriter out) throws IOException, InterruptedException {
        out.println(model.getFileName() + " in a fresh JVM " + Runtime.version() + ", median of " + processes
                + " processes, in turn");
        try (Waiting _ = Waiting.during("starting processes")) {
            measureRows();
        }
        out.print(table());
        out.flush();
        try (Waiting _ = Waiting.during("running on to full speed")) {
            measureSteady();
        }
        out.println();
        out.println(steadyText());
    }

    /** Processes that run on, because how soon a compiler has done its work differs from one to the next. */
    private void measureSteady() throws IOException, InterruptedException {
        for (int i = 0; i < Math.min(processes, MOST_STEADY); i++) {
            steady.add(run(
                    List.of(VECTOR),
                    "steady",
                    "memory",
                    Long.toString(System.currentTimeMillis()),
                    "" + STEADY_SECONDS));
        }
    }

    private String steadyText() {
        long[] after = numbers("steady", 2);
        return String.format(
                Locale.ROOT,
                "running on without a pause, %s, median of %d:%n"
                        + "first answer after %.0f ms, steady at %s after %.0f ms (%.0f to %.0f);"
                        + " slowest answer in between %.1f ms; peak memory %s",
                VECTOR,
                steady.size(),
                middle(numbers("steady", 4)) / 1e6,
                Sizes.micros(middle(numbers("steady", 1))),
                middle(after) / 1e6,
                after[0] / 1e6,
                after[after.length - 1] / 1e6,
                last(numbers("steady", 3)) / 1e6,
                memory(last(numbers("peak", 1))));
    }

    /** A number of each process that ran on, in ascending order. */
    private long[] numbers(String word, int index) {
        long[] numbers = new long[steady.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(steady.get(i), word, index);
        }
        Arrays.sort(numbers);
        return numbers;
    }

    private static long middle(long[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static long last(long[] sorted) {
        return sorted[sorted.length - 1];
    }

    private void measureRows() throws IOException, InterruptedException {
        addRows();
        for (int i = 0; i < processes; i++) {
            for (Row row : rows) {
                long start = System.nanoTime();
                run(row.flags(), row.task(), "-");
                row.nanos()[i] = System.nanoTime() - start;
            }
        }
        for (Row row : rows) {
            row.peak()[0] = number(run(row.flags(), row.task(), "memory"), "peak", 1);
        }
    }

    private void addRows() throws IOException, InterruptedException {
        add("empty main", "empty", VECTOR);
        add("first answer", "answer", VECTOR);
        // Archives take classes from jars alone; beside a build that has none there is nothing to archive.
        boolean packaged = Files.isRegularFile(runtime());
        if (packaged) {
            Path archive = folder.resolve("vector.jsa");
            run(List.of(VECTOR, "-XX:ArchiveClassesAtExit=" + archive), "answer", "-");
            add("first answer, class archive", "answer", VECTOR, "-XX:SharedArchiveFile=" + archive);
        }
        add("empty main, no module", "empty");
        add("first answer, no module", "answer");
        if (packaged && Runtime.version().feature() >= 25) {
            Path cache = folder.resolve("plain.aot");
            run(List.of("-XX:AOTCacheOutput=" + cache), "answer", "-");
            add("first answer, no module, AOT cache", "answer", "-XX:AOTCache=" + cache);
        }
    }

    private void add(String name, String task, String... flags) {
        rows.add(new Row(name, task, List.of(flags), new long[processes], new long[1]));
    }

    private TextTable table() {
        TextTable table = new TextTable()
                .column("process", Align.LEFT)
                .column("time", Align.RIGHT)
                .column("× empty", Align.RIGHT)
                .column("peak memory", Align.RIGHT);
        double empty = 0;
        for (Row row : rows) {
            if (row.task().equals("empty")) {
                empty = row.median();
            }
            table.row(
                    row.name(),
                    String.format(Locale.ROOT, "%.0f ms", row.median() / 1e6),
                    String.format(Locale.ROOT, "%.2f", row.median() / empty),
                    memory(row.peak()[0]));
        }
        return table;
    }

    private static String memory(long kilobytes) {
        return kilobytes < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f MB", kilobytes / 1024.0);
    }

    private List<String> run(List<String> flags, String task, String memory, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, ColdProbe.class.getName(), task, memory, model.toString()));
        command.addAll(List.of(more));
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException("a measured process failed: " + String.join(" ", command) + ": "
                    + Files.readString(errors).strip());
        }
        return lines;
    }

    /** A number in the line that starts with a word, -1 if there is no such line. */
    private static long number(List<String> lines, String word, int index) {
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words[0].equals(word)) {
                return Long.parseLong(words[index]);
            }
        }
        return -1;
    }

    private static Path runtime() {
        try {
            return Path.of(Model.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the runtime was loaded from a place that is no path", e);
        }
    }

    /** A jar of the probe alone; archives of classes want jars. */
    private static Path probe(Path folder) throws IOException {
        Path jar = folder.resolve("probe.jar");
        String entry = ColdProbe.class.getName().replace('.', '/') + ".class";
        try (InputStream bytes = ColdProbe.class.getClassLoader().getResourceAsStream(entry);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(entry));
            bytes.transferTo(zip);
            zip.closeEntry();
        }
        return jar;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(folder);
    }
}
