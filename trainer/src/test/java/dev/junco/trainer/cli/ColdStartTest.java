package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command works; what it finds is no test. */
class ColdStartTest {
    @TempDir
    private Path folder;

    @Test
    void tellsOfWholeProcessesAndOfTheWayToFullSpeed() {
        Path model = DataFiles.treeModel(folder.resolve("model.junco"));
        CommandRun run = CommandRun.of("benchmark", model, "--cold", "--processes", 1)
                .succeeds()
                .tells("empty main", "first answer", "no module", "steady at", "slowest answer");
        assertTrue(
                run.out().lines().anyMatch(line -> line.matches("empty main +\\d+ ms +1\\.00 +(\\d.*MB|unknown)")),
                run.out());
    }

    @Test
    void refusesNoProcesses() {
        Path model = DataFiles.treeModel(folder.resolve("model.junco"));
        CommandRun.of("benchmark", model, "--cold", "--processes", 0).fails(2, "--processes");
    }

    @Test
    void refusesWhatItWouldNotFollow() {
        Path model = DataFiles.treeModel(folder.resolve("model.junco"));
        CommandRun.of("benchmark", model, "--cold", "--profile").fails(2, "--profile has no meaning with --cold");
        CommandRun.of("benchmark", model, "--cold", "--threads", 2).fails(2, "--threads has no meaning with --cold");
    }
}
