package dev.junco.benchmarks.inference;

import dev.junco.runtime.Model;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What each engine adds to an application: its jars as they lie on the class path, native libraries included. */
final class JarSizes {
    private JarSizes() {}

    /** Megabytes of an engine's jars; an empty text where they are no jars, as in an IDE. */
    static String megabytes(EngineKind engine) throws IOException {
        List<String> names = switch (engine) {
            case JUNCO -> List.of("junco-runtime-");
            // JavaCPP loads the native libraries and has one of its own.
            case LITERT -> List.of("tensorflow-lite-", "javacpp-");
            case ONNX_RUNTIME -> List.of("onnxruntime-");
        };
        long bytes = 0;
        try (Stream<Path> jars = Files.list(library())) {
            for (Path jar : jars.toList()) {
                String file = jar.getFileName().toString();
                if (file.endsWith(".jar") && names.stream().anyMatch(file::startsWith)) {
                    bytes += Files.size(jar);
                }
            }
        }
        return bytes == 0 ? "" : String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    }

    /** The folder that the runtime was loaded from; the build puts all jars of the class path there. */
    private static Path library() throws IOException {
        try {
            return Path.of(Model.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
