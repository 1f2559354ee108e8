package dev.junco.trainer.cli;

import dev.junco.runtime.Interpreter;
import dev.junco.runtime.kernel.KernelProviders;
import java.util.Locale;
import org.tinylog.Logger;
import org.tinylog.configuration.Configuration;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command does and how long it takes, on standard error, for {@code --verbose} and {@code JUNCO_DEBUG=1}. Otherwise nothing is written, and
 * the logging framework, which takes as long to start as a small command, stays out.
 */
final class Diagnostics {
    private final boolean on;
    private long since = System.nanoTime();

    private Diagnostics(boolean on) {
        this.on = on;
    }

    /** Diagnostics as the command line wants them; starts the clock of the first phase. */
    static Diagnostics of(CommandSpec spec) {
        Junco junco = (Junco) spec.root().userObject();
        Diagnostics diagnostics = new Diagnostics(junco.verbose() || "1".equals(System.getenv("JUNCO_DEBUG")));
        if (diagnostics.on) {
            configure();
            Runtime java = Runtime.getRuntime();
            Logger.debug(
                    "Java {} ({}), {} processors, at most {} of memory, vector kernels {}",
                    Runtime.version(),
                    System.getProperty("java.vm.name"),
                    java.availableProcessors(),
                    Sizes.bytes(java.maxMemory()),
                    KernelProviders.vector().isPresent() ? "on" : "off");
        }
        return diagnostics;
    }

    /** An application that trains with Junco as a library has a configuration of its own; this one is the command's. */
    private static void configure() {
        if (!Configuration.isFrozen()) {
            Configuration.set("writer", "console");
            Configuration.set("writer.stream", "err");
            Configuration.set("writer.format", "{level|min-size=5} {message}");
            Configuration.set("level", "debug");
        }
    }

    /** Ends a phase: tells how long it took, and something about its result. */
    void phase(String name, Object result) {
        if (on) {
            long now = System.nanoTime();
            Logger.debug("{} took {}: {}", name, String.format(Locale.ROOT, "%.1f ms", (now - since) / 1e6), result);
            since = System.nanoTime();
        }
    }

    /** Tells what an interpreter is made of. */
    void interpreter(Interpreter interpreter) {
        if (on) {
            Logger.debug(
                    "plan: {} operators, {} buffers, arena {}; kernels: {}",
                    interpreter.plan().graph().nodes().size(),
                    interpreter.plan().buffers().size(),
                    Sizes.bytes(interpreter.plan().size().totalBytes()),
                    interpreter.kernels());
        }
    }
}
