package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JuncoTest {
    @Test
    void withoutArgumentsTellsWhatToDoNext() {
        CommandRun.of().succeeds().tells("Usage: junco", "junco quickstart", "junco COMMAND --help");
    }

    @Test
    void tellsItsVersion() {
        CommandRun.of("--version").succeeds().tells("junco 0.1.0");
        CommandRun.of("train", "--version").succeeds().tells("junco 0.1.0");
    }

    @Test
    void helpNamesEveryCommandAndExitCode() {
        CommandRun.of("--help")
                .succeeds()
                .tells("quickstart", "train", "evaluate", "convert", "inspect", "run", "benchmark", "70   an error of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "train", "evaluate", "convert", "inspect", "run", "benchmark"})
    void everyCommandHasHelpOfEightyColumns(String command) {
        CommandRun help = CommandRun.of(command, "--help").succeeds().tells("Usage: junco " + command, "-h, --help");
        help.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertEquals(help.out(), CommandRun.of("help", command).succeeds().out());
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        CommandRun.of("trian").fails(2, "trian", "Did you mean", "'junco --help'");
    }

    @Test
    void namesTheOptionThatIsUnknown() {
        CommandRun.of("inspect", "m.junco", "--arenna").fails(2, "--arenna", "'junco inspect --help'");
    }

    @Test
    void namesTheArgumentThatIsMissing() {
        CommandRun.of("inspect").fails(2, "MODEL");
        CommandRun.of("convert", "a.junco").fails(2, "TARGET");
        CommandRun.of("train", "--data", "x.csv", "--out", "y").fails(2, "--preset", "--network", "--continue");
        CommandRun.of("train", "--preset", "mlp", "--out", "y").fails(2, "--data");
        CommandRun.of("train", "--preset", "mlp", "--network", "x", "--out", "y", "--data", "z")
                .fails(2, "mutually exclusive");
    }
}
