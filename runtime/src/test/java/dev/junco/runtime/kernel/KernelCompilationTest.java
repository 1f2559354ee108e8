package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the kernels inside what HotSpot's compilers accept. A method that C1 gives up on ("out of virtual registers") never reaches
 * C2 and stays three hundred times slower, in some JVM starts and not in others.
 */
class KernelCompilationTest {
    @Test
    void compilersAcceptEveryVectorKernel() throws Exception {
        Flavours.assumeVector();
        List<String> refused = new ArrayList<>();
        String last = "";
        Process process = start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // While other classes are being loaded, C2 stops and starts again later.
                if (line.contains("dev.junco")
                        && line.contains("COMPILE SKIPPED")
                        && !line.contains("concurrent class loading")) {
                    refused.add(line.strip());
                }
                // The compiler's log may stand in the same line.
                if (line.contains("still allocating")) {
                    last = line;
                } else if (line.contains(KernelExercise.DONE)) {
                    last = KernelExercise.DONE;
                }
            }
        }
        assertEquals(List.of(), refused);
        assertEquals(KernelExercise.DONE, last);
        assertEquals(0, process.waitFor());
    }

    private static Process start() throws IOException, URISyntaxException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertTrue(java.toFile().canExecute() || File.separatorChar == '\\', "no java in " + java.getParent());
        return new ProcessBuilder(
                        java.toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-XX:+PrintCompilation",
                        "-cp",
                        location(KernelProviders.class) + File.pathSeparator + location(KernelExercise.class),
                        KernelExercise.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
