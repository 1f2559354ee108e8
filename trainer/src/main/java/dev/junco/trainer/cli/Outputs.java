package dev.junco.trainer.cli;

import dev.junco.trainer.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of files to be written, before the work that would be lost. */
final class Outputs {
    private Outputs() {}

    /** Throws if a file could not be written; null is fine. */
    static void check(Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new DataException(file + ": there is no folder " + folder + "; make it first.");
        }
        if (!Files.isWritable(folder)) {
            throw new DataException(file + ": the folder " + folder + " cannot be written.");
        }
        if (Files.isDirectory(file)) {
            throw new DataException(file + ": is a folder, expected the name of a file.");
        }
    }
}
