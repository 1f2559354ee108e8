package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.MemoryPlanner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Imports TensorFlow Lite models. Types that Junco does not have are changed: uint8 becomes int8 of a zero point smaller by 128, int64 becomes int32, float16
 * activations become float32. Of an IF whose condition is known while importing the branch taken becomes part of the graph; other control flow is refused. Each signature becomes a graph; a file without signatures has one graph, {@code main}.
 */
public final class TfliteImporter {
    private TfliteImporter() {}

    /** Whether bytes are a TensorFlow Lite file, judged by their beginning. */
    public static boolean recognises(ByteBuffer file) {
        return TfliteReader.isTflite(new FlatBytes(file));
    }

    /**
     * Imports a file. Constants stay views of the bytes, which must not change afterwards.
     *
     * @param name of the model, used where the file has none
     * @throws ImportException if the file is damaged or needs what Junco lacks; all of that is named at once
     */
    @SuppressWarnings("exports") // for the rooms of the converter
    public static ModelContent read(ByteBuffer file, String name) {
        TfliteFile parsed = TfliteReader.read(new FlatBytes(file));
        List<Graph> graphs = new ArrayList<>();
        List<ArenaSize> arenas = new ArrayList<>();
        Map<String, String> properties = new TreeMap<>();
        for (SignatureInfo signature : signatures(parsed)) {
            GraphImport.Imported imported = GraphImport.of(parsed, signature);
            Graph graph = imported.graph();
            graphs.add(graph);
            if (imported.ownBatch() != null) {
                properties.put(BatchRewrite.FIXED + graph.name(), imported.ownBatch());
            }
            try {
                arenas.add(MemoryPlanner.plan(graph, OperatorCatalog.standard()).size());
            } catch (GraphException | ArithmeticException e) {
                // Sizes beyond all bounds show first when memory is planned.
                throw new ImportException("the model cannot be imported: " + e.getMessage());
            }
        }
        Metadata metadata = TfliteMetadata.of(parsed, name, graphs.get(0)).withProperties(properties);
        return new ModelContent(graphs, arenas, MemoryPlanner.VERSION, metadata);
    }

    private static List<SignatureInfo> signatures(TfliteFile file) {
        return file.signatures().isEmpty() ? List.of(new SignatureInfo("", 0, Map.of(), Map.of())) : file.signatures();
    }
}
