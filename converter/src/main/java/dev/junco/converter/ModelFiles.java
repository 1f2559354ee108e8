package dev.junco.converter;

import dev.junco.converter.tflite.ForeignInput;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * {@link #read(Path)} of a file that may use operators of the application. Custom operators of a foreign file become those of the same names; a
     * Junco file may use any with {@link CustomOperators#ANY}.
     */
    public static Model read(Path file, CustomOperators operators) {
        return read(file, operators, SizeBounds.NONE);
    }

    /**
     * {@link #read(Path, CustomOperators)} with inputs whose size may vary: {@link dev.junco.runtime.Interpreter#resize} gives them any within the bounds.
     * The model starts in the file's sizes, or in the largest where those cannot be computed, as is usual for axes that the file leaves open.
     *
     * @throws ConversionException if there is no such input or axis, or an operator cannot follow another size; it is named
     */
    public static Model read(Path file, CustomOperators operators, SizeBounds bounds) {
        ByteBuffer bytes = Files.isRegularFile(file) ? map(file) : null;
        if (bytes == null || isJunco(bytes)) {
            Model model = Model.load(file, operators); // which also tells what is wrong with a folder or a missing file
            return bounds.isEmpty() ? model : BoundedModel.of(model, bounds);
        }
        if (!TfliteImporter.recognises(bytes)) {
            throw UnknownFormat.refusal(file, bytes);
        }
        try {
            return bounds.isEmpty()
                    ? model(TfliteImporter.read(bytes, baseName(file), operators), operators)
                    : BoundedModel.of(
                            TfliteImporter.inputs(bytes),
                            bounds,
                            operators,
                            (signature, shapes) -> TfliteImporter.graph(bytes, operators, signature, shapes),
                            graphs -> TfliteImporter.metadata(bytes, baseName(file), operators, graphs));
        } catch (ImportException e) {
            throw new ImportException("'" + file + "': " + e.getMessage() + (bounds.isEmpty() ? advice(file) : ""), e);
        }
    }

    private static boolean isJunco(ByteBuffer file) {
        byte[] found = new byte[JUNCO.length];
        if (file.remaining() >= IDENTIFIER + found.length) {
            file.get(IDENTIFIER, found);
        }
        return Arrays.equals(found, JUNCO);
    }

    /** An open axis has size 1 in the file, which may be too small for the operators. */
    private static String advice(Path file) {
        Map<String, List<Integer>> open;
        try {
            open = openAxes(file);
        } catch (ImportException damaged) {
            return "";
        }
        return open.isEmpty()
                ? ""
                : "; the file leaves axes of its inputs open, " + open + ": try it with bounds for them";
    }

    /**
     * The axes of inputs that the maker of a foreign file has left open, by name; {@link SizeBounds} can bound them. Inputs without any are not there;
     * a Junco file has none: {@link Model#bounds()} tells its own.
     */
    public static Map<String, List<Integer>> openAxes(Path file) {
        ByteBuffer bytes = foreign(file);
        Map<String, List<Integer>> open = new LinkedHashMap<>();
        if (bytes != null) {
            for (ForeignInput input :
                    TfliteImporter.inputs(bytes).stream().flatMap(List::stream).toList()) {
                if (!input.openAxes().isEmpty()) {
                    open.put(input.name(), input.openAxes());
                }
            }
        }
        return open;
    }

    /** The bytes of a file that is to be imported, null for any other. */
    private static ByteBuffer foreign(Path file) {
        ByteBuffer bytes = Files.isRegularFile(file) ? map(file) : null;
        return bytes == null || !TfliteImporter.recognises(bytes) ? null : bytes;
    }

    private static Model model(ModelContent content, CustomOperators operators) {
        return content.signatures().size() == 1
                ? Model.of(content.signatures(), content.metadata(), operators)
                : Model.load(ByteBuffer.wrap(ModelWriter.toBytes(content)), operators);
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
