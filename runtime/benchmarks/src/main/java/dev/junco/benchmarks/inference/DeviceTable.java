package dev.junco.benchmarks.inference;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Graph;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints what matters on a device beside latency, for the keyword spotting network: bytes allocated by a run, peak resident memory of a process that
 * gives one answer, the time from the start of the process to that answer, and the size of the jars. Reads {@code /proc}, so it runs on Linux alone.
 */
public final class DeviceTable {
    private static final int PROCESSES = 7;

    private DeviceTable() {}

    /** Without arguments the table; {@code child ENGINE FILE} is one of its processes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0) {
            child(arguments[1], Path.of(arguments[2]));
            return;
        }
        Path folder = Files.createTempDirectory("junco-device-table");
        Graph graph = Workload.KEYWORD_SPOTTING.graph();
        Files.write(folder.resolve("JUNCO"), ModelWriter.toBytes(Model.contentOf(graph, Metadata.EMPTY)));
        Files.write(folder.resolve("LITERT"), TfliteWriter.write(graph));
        Files.write(folder.resolve("ONNX_RUNTIME"), OnnxWriter.write(graph));
        System.out.println("| | Java heap a run, bytes | first answer, ms | peak resident, MB | jar, MB |");
        System.out.println("|---|--:|--:|--:|--:|");
        List<String> engines = new ArrayList<>(List.of("empty main"));
        Arrays.stream(EngineKind.values()).map(Enum::name).forEach(engines::add);
        double[][] millis = new double[engines.size()][PROCESSES];
        double[][] megabytes = new double[engines.size()][PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            for (int e = 0; e < millis.length; e++) {
                measure(engines.get(e), folder, millis[e], megabytes[e], i);
            }
        }
        for (int e = 0; e < millis.length; e++) {
            Arrays.sort(millis[e]);
            Arrays.sort(megabytes[e]);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.0f | %.0f | %s |%n",
                    e == 0 ? engines.get(0) : EngineKind.valueOf(engines.get(e)).label(),
                    e == 0 ? "" : allocated(EngineKind.valueOf(engines.get(e)), graph),
                    millis[e][PROCESSES / 2],
                    megabytes[e][PROCESSES / 2],
                    e == 0 ? "" : JarSizes.megabytes(EngineKind.valueOf(engines.get(e))));
        }
    }

    private static void measure(String engine, Path folder, double[] millis, double[] megabytes, int index)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DeviceTable.class.getName(),
                "child",
                engine,
                folder.resolve(engine).toString());
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            String line = out.readLine();
            millis[index] = (System.nanoTime() - start) / 1e6;
            if (line == null || process.waitFor() != 0) {
                throw new IllegalStateException("a process with " + engine + " failed");
            }
            megabytes[index] = Double.parseDouble(line) / 1024;
        }
    }

    /** Gives one answer, then tells its peak resident memory in kilobytes. */
    private static void child(String engine, Path file) throws IOException {
        if (engine.equals("JUNCO")) {
            dev.junco.runtime.Interpreter interpreter = Model.load(file).interpreter();
            interpreter.run();
            interpreter.output().argMax();
        } else if (engine.equals("LITERT")) {
            LiteRtEngine litert = new LiteRtEngine(Files.readAllBytes(file), 49 * 10, 12, 1);
            litert.run();
            litert.output();
        } else if (engine.equals("ONNX_RUNTIME")) {
            OnnxRuntimeEngine onnx =
                    new OnnxRuntimeEngine(Files.readAllBytes(file), new long[] {1, 1, 49, 10}, new long[] {1, 12}, 1);
            onnx.run();
            onnx.output();
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                System.out.println(line.replaceAll("\\D", ""));
            }
        }
    }

    private static String allocated(EngineKind kind, Graph graph) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Engine engine = kind.load(graph, Workload.input(graph, 1))) {
            long end = System.nanoTime() + 10_000_000_000L;
            while (System.nanoTime() < end) {
                engine.run();
            }
            int runs = 1000;
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                engine.run();
            }
            return String.valueOf((threads.getCurrentThreadAllocatedBytes() - before) / runs);
        }
    }
}
