package dev.junco.trainer.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with one sentence instead of the whole help. */
final class WrongUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        String message = exception.getMessage().strip().replaceFirst("^Error: ", "");
        Failure.say(
                message + (message.endsWith(".") ? "" : ".") + meant(exception) + " '"
                        + command.getCommandSpec().qualifiedName() + " --help' shows what there is.",
                err);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String meant(ParameterException exception) {
        List<String> close = exception instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream().limit(3).toList()
                : List.of();
        return close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?";
    }
}
