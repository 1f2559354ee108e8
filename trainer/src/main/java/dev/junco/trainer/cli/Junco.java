package dev.junco.trainer.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code junco} command. */
@Command(
        name = "junco",
        mixinStandardHelpOptions = true,
        version = Junco.VERSION,
        description = "Neural networks for Java, from training to the device.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QuickstartCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ConvertCommand.class,
            InspectCommand.class,
            RunCommand.class,
            BenchmarkCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:failed: bad data, bad model, no space … (one sentence on standard error)",
            " 2:wrong usage",
            " 3:conversion refused: the accuracy drop exceeds --max-drop",
            "70:an error of Junco itself; run again with JUNCO_DEBUG=1 for its trace"
        })
public final class Junco implements Runnable {
    static final String VERSION = "junco 0.1.0";
    private static final int NARROW = 80;
    private static final int WIDE = 120;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Tell on standard error what happens and how long it takes.")
    private boolean verbose;

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // The launcher says so when the JVM has just written a line about incubator modules to a terminal.
        if ("1".equals(System.getenv("JUNCO_WIPE_LINE"))) {
            System.err.print("\033[1A\033[2K");
            System.err.flush();
        }
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with all commands; for tests as well. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Junco());
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().version(VERSION));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(helpWidth(System.getenv("COLUMNS")));
        line.setParameterExceptionHandler(new WrongUsage());
        line.setExecutionExceptionHandler((exception, command, result) -> Failure.report(exception, command.getErr()));
        line.setExecutionStrategy(Junco::execute);
        return line;
    }

    /** Picocli hands over exceptions, but lets errors such as a lack of memory through. */
    private static int execute(ParseResult result) {
        try {
            return new RunLast().execute(result);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError | AssertionError e) {
            return Failure.report(e, result.commandSpec().commandLine().getErr());
        }
    }

    boolean verbose() {
        return verbose;
    }

    private static int helpWidth(String columns) {
        boolean number = columns != null && columns.matches("[0-9]{1,4}");
        return number ? Math.clamp(Integer.parseInt(columns), NARROW, WIDE) : NARROW;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.println();
        out.println("Start with:  junco quickstart         (trains, converts and runs a network in about a minute)");
        out.println("Then:        junco COMMAND --help     (the options of a command)");
        out.flush();
    }
}
