package dev.junco.trainer.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of numbers on the command line; what is outside is wrong usage. */
final class Bounds {
    private Bounds() {}

    /** Refuses a number below {@code least}; null, an option that was not given, is fine. */
    static void atLeast(CommandSpec spec, String option, Integer value, int least) {
        if (value != null && value < least) {
            throw wrong(spec, option + " is " + value + ", expected at least " + least);
        }
    }

    /** Refuses what is no positive number; null is fine. */
    static void positive(CommandSpec spec, String option, Float value) {
        if (value != null && !(value > 0 && value < Float.POSITIVE_INFINITY)) {
            throw wrong(spec, option + " is " + value + ", expected a number above 0, for example 0.001");
        }
    }

    static ParameterException wrong(CommandSpec spec, String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
