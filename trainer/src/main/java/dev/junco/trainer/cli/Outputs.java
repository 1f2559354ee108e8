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
        if (Files.isDirectory(file)) {
            throw new DataException(file + ": is a folder, expected the name of a file.");
        }
        // Files are written under another name and then renamed, which would replace a device such as /dev/null.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DataException(file + ": is no ordinary file; name one that may be replaced.");
        }
        if (!Files.isWritable(folder)) {
            throw new DataException(file + ": the folder " + folder + " cannot be written.");
        }
    }

    /** {@link #check(Path)} for both; throws also if they are one file. */
    static void check(Path file, Path second) {
        check(file);
        check(second);
        if (second != null
                && file.toAbsolutePath()
                        .normalize()
                        .equals(second.toAbsolutePath().normalize())) {
            throw new DataException(file + ": is to be written twice; name two files.");
        }
    }
}
