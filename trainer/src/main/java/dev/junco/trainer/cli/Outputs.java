package dev.junco.trainer.cli;

import dev.junco.trainer.data.DataException;
import java.io.IOException;
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
        if (isSame(file, second)) {
            throw new DataException(file + ": is to be written twice; name two files.");
        }
    }

    /** Throws if a file to be written is one of those that are read, under whatever name; null is fine everywhere. */
    static void checkSpares(Path file, Path... sources) {
        for (Path source : sources) {
            if (isSame(file, source)) {
                throw new DataException(file + ": is read and would be replaced" + alias(file, source)
                        + "; give what is written another name.");
            }
        }
    }

    private static String alias(Path file, Path source) {
        return file.equals(source) ? "" : ", it is the same file as " + source;
    }

    /** Whether two names lead to one file, also through links. */
    private static boolean isSame(Path first, Path second) {
        if (first == null || second == null) {
            return false;
        }
        try {
            return Files.exists(first) && Files.exists(second)
                    ? Files.isSameFile(first, second)
                    : first.toAbsolutePath()
                            .normalize()
                            .equals(second.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new DataException(first + ": cannot be compared with " + second + ".", e);
        }
    }
}
