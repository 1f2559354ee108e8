package dev.junco.examples.anomaly;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Watches a vibration sensor. Readings are posted to {@code /readings} as numbers in plain text; a small autoencoder tries to rebuild the last
 * {@value #WINDOW} of them, and what it cannot rebuild it has not been trained on: an anomaly.
 *
 * <pre>
 * curl --data "0.1 0.4 0.7 …" localhost:8080/readings
 * {"readings":64,"error":0.0021,"anomaly":false}
 * </pre>
 */
public final class AnomalyService {
    /** Readings that the model looks at. */
    static final int WINDOW = 64;

    private final Interpreter interpreter;
    private final float threshold;
    private final float[] window = new float[WINDOW];
    private final float[] rebuilt = new float[WINDOW];
    private long readings;

    private AnomalyService(Model model) {
        interpreter = model.interpreter();
        threshold = Float.parseFloat(model.metadata().properties().get("threshold"));
    }

    /** {@code [--port N]} serves until it is stopped; {@code --measure N} serves itself N requests, prints figures and ends. */
    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        boolean measure = args.length > 0 && args[0].equals("--measure");
        int number = args.length == 0 ? 8080 : number(args, measure ? 1_000_000_000 : 65_535);
        int port = measure ? 0 : number;
        AnomalyService service;
        try (InputStream model = AnomalyService.class.getResourceAsStream("anomaly.junco")) {
            service = new AnomalyService(Model.load(model));
        }
        // else an answer waits for the acknowledgement of its header, some 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(
                measure ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port) : new InetSocketAddress(port),
                0);
        server.createContext("/readings", service::answer);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.start();
        System.out.printf(
                Locale.ROOT,
                "listening on port %d after %.0f ms%n",
                server.getAddress().getPort(),
                (System.nanoTime() - start) / 1e6);
        if (measure) {
            measure(server.getAddress().getPort(), number);
            System.exit(0);
        }
    }

    /** The number behind the only option; one sentence and the end where the command line is another. */
    private static int number(String[] args, int most) {
        boolean known = args[0].equals("--port") || args[0].equals("--measure");
        if (known && args.length == 2 && args[1].matches("[0-9]{1,9}") && Integer.parseInt(args[1]) <= most) {
            return Integer.parseInt(args[1]);
        }
        System.err.println("anomaly: found '" + String.join(" ", args)
                + "', expected nothing, --port N with a port up to 65535, or --measure N with a number of requests.");
        System.exit(2);
        return 0;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            String json;
            int status = 200;
            try {
                json = watch(body.isBlank() ? new String[0] : body.strip().split("[\\s,]+"));
            } catch (IllegalArgumentException e) {
                status = 400;
                json = "{\"trouble\":\"expected finite numbers between blanks or commas\"}";
            }
            byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Moves the window on; an interpreter serves one thread at a time. */
    private synchronized String watch(String[] numbers) {
        float[] fresh = new float[numbers.length];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = Float.parseFloat(numbers[i]);
            if (!Float.isFinite(fresh[
                    i])) { // before the window changes: a tensor refuses NaN, and would until it has left the window
                throw new IllegalArgumentException("reading " + i + " is " + fresh[i]);
            }
        }
        for (float reading : fresh) {
            System.arraycopy(window, 1, window, 0, WINDOW - 1);
            window[WINDOW - 1] = reading;
        }
        readings += fresh.length;
        interpreter.input("window").set(window);
        interpreter.run();
        interpreter.output("rebuilt").copyTo(rebuilt);
        float error = 0;
        for (int i = 0; i < WINDOW; i++) {
            error += (rebuilt[i] - window[i]) * (rebuilt[i] - window[i]) / WINDOW;
        }
        boolean anomaly = readings >= WINDOW && !(error <= threshold);
        String known = Float.isFinite(error) ? Float.toString(error) : "null"; // JSON has no infinity
        return "{\"readings\":" + readings + ",\"error\":" + known + ",\"anomaly\":" + anomaly + "}";
    }

    private static void measure(int port, int requests) throws IOException {
        String normal = body(0.06);
        String broken = body(0.31);
        String calm = post(port, normal);
        String alarm = post(port, broken);
        if (send(port, "0.1 NaN").getResponseCode() != HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new IllegalStateException("a reading that is no number was taken");
        }
        if (!calm.endsWith("\"anomaly\":false}") || !alarm.endsWith("\"anomaly\":true}")) {
            throw new IllegalStateException("a steady machine gave " + calm + ", a broken one " + alarm);
        }
        long start = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            post(port, normal);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "steady machine  %s%n", calm);
        System.out.printf(Locale.ROOT, "broken machine  %s%n", alarm);
        System.out.printf(
                Locale.ROOT, "image           %.1f MB%n", size(Path.of(System.getProperty("java.home"))) / 1e6);
        System.out.printf(Locale.ROOT, "resident        %s%n", resident());
        System.out.printf(
                Locale.ROOT,
                "requests        %.0f a second, one connection, %d readings each%n",
                requests / seconds,
                WINDOW);
    }

    /** A window of a machine whose second tone lies at a frequency, in turns a reading. */
    private static String body(double frequency) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WINDOW; i++) {
            double x = 0.7 * Math.sin(2 * Math.PI * 0.02 * i) + 0.3 * Math.sin(2 * Math.PI * frequency * i);
            text.append((float) x).append(' ');
        }
        return text.toString();
    }

    private static String post(int port, String body) throws IOException {
        try (InputStream in = send(port, body).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static HttpURLConnection send(int port, String body) throws IOException {
        URI uri = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/readings");
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.US_ASCII));
        }
        return connection;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
        for (String line : lines) {
            if (line.startsWith("VmRSS:")) {
                return line.substring("VmRSS:".length()).strip();
            }
        }
        return "unknown on this system";
    }
}
