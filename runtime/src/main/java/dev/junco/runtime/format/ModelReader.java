package dev.junco.runtime.format;

import dev.junco.runtime.JuncoException;
import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.UnsupportedModelException;
import dev.junco.runtime.format.fb.ArenaDef;
import dev.junco.runtime.format.fb.GraphDef;
import dev.junco.runtime.format.fb.ModelFile;
import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.OperatorRules;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Turns the bytes of a {@code .junco} file into a model. Constants are views of the given bytes, which must not change while the model
 * is in use; everything else is checked and rebuilt through {@link dev.junco.runtime.graph.GraphBuilder}, so a graph that was read is as
 * sound as one that was built. Memory beside the bytes themselves: proportional to the part of the file before its data section.
 */
public final class ModelReader {
    private ModelReader() {}

    /**
     * Reads a file: a large one is mapped into memory, a small one read onto the heap, which starts sooner.
     *
     * @throws ModelFormatException if the file is damaged or no model
     * @throws UnsupportedModelException if the model needs something that this runtime lacks
     * @throws JuncoException if the file cannot be read
     */
    public static ModelContent read(Path path, OperatorRules rules) {
        ByteBuffer bytes;
        try {
            long size = Files.size(path);
            if (size > Integer.MAX_VALUE) {
                throw new ModelFormatException(
                        "'" + path + "' has " + size + " bytes; a Junco model has less than 2^31, so this is none");
            }
            bytes = size <= Bytes.SMALL ? ByteBuffer.wrap(bytes(path, (int) size)) : map(path);
        } catch (IOException e) {
            throw new JuncoException("cannot read the model '" + path + "': " + FileTrouble.reason(e), e);
        }
        try {
            return read(bytes, rules);
        } catch (ModelFormatException e) {
            throw new ModelFormatException("'" + path + "': " + e.getMessage(), e);
        } catch (UnsupportedModelException e) {
            throw new UnsupportedModelException("'" + path + "': " + e.getMessage());
        }
    }

    private static byte[] bytes(Path path, int size) throws IOException {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            return Files.readAllBytes(path);
        }
        // Every JVM has used this class before; a channel costs a fresh one 2 ms.
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            byte[] bytes = new byte[size];
            int filled = 0;
            for (int n = 0; n >= 0 && filled < size; n = in.read(bytes, filled, size - filled)) {
                filled += n;
            }
            // A file that shrinks or grows meanwhile fails its checks.
            return filled == size ? bytes : Arrays.copyOf(bytes, filled);
        } catch (FileNotFoundException e) {
            return Files.readAllBytes(path); // whose exceptions tell apart why it cannot be read
        }
    }

    private static ByteBuffer map(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    /**
     * Reads the remaining bytes of a buffer, whose position stays.
     *
     * @param rules the operators that may occur
     * @throws ModelFormatException if the bytes are damaged or no model
     * @throws UnsupportedModelException if the model needs something that this runtime lacks
     */
    public static ModelContent read(ByteBuffer bytes, OperatorRules rules) {
        ByteBuffer file = Bytes.view(bytes);
        ModelVerifier.verify(file);
        ModelFile root = ModelFile.getRootAsModelFile(file);
        List<Graph> graphs = new ArrayList<>();
        List<ArenaSize> arenas = new ArrayList<>();
        Constant[] constants = new Constant[root.buffersLength()];
        for (int i = 0; i < root.graphsLength(); i++) {
            graphs.add(new GraphReader(file, root, root.graphs(i), rules, constants).read());
            ArenaDef arena = root.graphs(i).arena();
            arenas.add(new ArenaSize(arena.float32Bytes(), arena.int8Bytes(), arena.int32Bytes(), arena.int16Bytes()));
        }
        return new ModelContent(
                graphs,
                arenas,
                root.planner(),
                MetadataCodec.read(root.metadata()),
                RecordingCodec.read(file, root, graphs.get(0)));
    }

    /** Tells all operators that are missing, once one is known to be. */
    static UnsupportedModelException missingOperators(ModelFile root, OperatorRules rules) {
        TreeSet<String> missing = new TreeSet<>();
        boolean custom = false;
        for (int i = 0; i < root.graphsLength(); i++) {
            GraphDef graph = root.graphs(i);
            for (int j = 0; j < graph.operatorsLength(); j++) {
                OperatorDef operator = graph.operators(j);
                Attributes attributes = OptionsReader.read(operator);
                if (rules.supports(attributes)) {
                    continue;
                }
                if (attributes instanceof CustomAttributes) {
                    CustomAttributes wanted = (CustomAttributes) attributes;
                    custom = true;
                    missing.add("custom operator '" + Text.clip(wanted.name()) + "' version " + wanted.version());
                } else {
                    missing.add("operator " + OptionsCodec.name(operator.optionsType()));
                }
            }
        }
        return new UnsupportedModelException("the model needs what this runtime, "
                + ModelFormat.release(ModelFormat.RUNTIME) + ", lacks: " + String.join(", ", missing)
                + (custom
                        ? ". Give Model.load the application's own operators, CustomOperators.of(...)"
                        : ". Update junco-runtime"));
    }
}
