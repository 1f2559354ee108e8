package dev.junco.converter;

import dev.junco.converter.tflite.TfliteImporter;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.JuncoException;
import dev.junco.runtime.Model;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.ModelContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads models of any known format, told by the file's content and not by its name: Junco, TensorFlow Lite. */
public final class ModelFiles {
    private static final byte[] JUNCO = {'J', 'N', 'C', 'O'};
    private static final int IDENTIFIER = 4;

    private ModelFiles() {}

    /**
     * Reads a model; a foreign one is imported, and every node of it has passed its operator's checks.
     *
     * @throws ImportException if a foreign file is damaged or needs what Junco lacks
     * @throws dev.junco.runtime.ModelFormatException if a Junco file is damaged, or the file is of no known format
     * @throws JuncoException if there is no such file or it cannot be read
     */
    public static Model read(Path file) {
        return read(file, CustomOperators.NONE);
    }

    /** {@link #read(Path)} of a file that may use operators of the application, or any with {@link CustomOperators#ANY}. */
    public static Model read(Path file, CustomOperators operators) {
        ByteBuffer bytes = Files.isRegularFile(file) ? map(file) : null;
        if (bytes == null || isJunco(bytes)) {
            return Model.load(file, operators); // which also tells what is wrong with a folder or a missing file
        }
        if (!TfliteImporter.recognises(bytes)) {
            throw UnknownFormat.refusal(file, bytes);
        }
        try {
            return model(TfliteImporter.read(bytes, baseName(file)));
        } catch (ImportException e) {
            throw new ImportException("'" + file + "': " + e.getMessage(), e);
        }
    }

    private static boolean isJunco(ByteBuffer file) {
        byte[] found = new byte[JUNCO.length];
        if (file.remaining() >= IDENTIFIER + found.length) {
            file.get(IDENTIFIER, found);
        }
        return Arrays.equals(found, JUNCO);
    }

    private static Model model(ModelContent content) {
        return content.signatures().size() == 1
                ? Model.of(content.signatures().get(0), content.metadata())
                : Model.load(ModelWriter.toBytes(content));
    }

    private static ByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ImportException(
                        "'" + file + "' has " + channel.size() + " bytes; models beyond 2 GB cannot be read");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException e) {
            throw new JuncoException("'" + file + "' cannot be read: " + e.getMessage());
        }
    }

    private static String baseName(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
