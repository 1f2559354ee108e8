package dev.junco.trainer.cli;

import dev.junco.trainer.report.TextTable;
import picocli.CommandLine.Option;

/** How tables show the names of operators and tensors, which other tools make hundreds of letters long. */
final class TableNames {
    /** Characters; the table of {@code junco inspect} then fits 120 columns. */
    private static final int MOST_OF_A_NAME = 44;

    @Option(names = "--full-names", description = "Do not shorten long names in tables.")
    private boolean full;

    /** A name, without its middle where it is long. */
    String shown(String name) {
        return full ? name : TextTable.shortened(name, MOST_OF_A_NAME);
    }
}
