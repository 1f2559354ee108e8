package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.BatchRewrite;
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
     * @param operators of the application: custom operators of the file that have their names become theirs
     * @throws ImportException if the file is damaged or needs what Junco lacks; all of that is named at once
     */
    @SuppressWarnings("exports") // for the rooms of the converter
    public static ModelContent read(ByteBuffer file, String name, CustomOperators operators) {
        TfliteFile parsed = TfliteReader.read(new FlatBytes(file));
        List<Graph> graphs = new ArrayList<>();
        List<ArenaSize> arenas = new ArrayList<>();
        Map<String, String> properties = new TreeMap<>();
        for (SignatureInfo signature : signatures(parsed)) {
            GraphImport.Imported imported = GraphImport.of(parsed, signature, operators, List.of());
            Graph graph = imported.graph();
            graphs.add(graph);
            note(imported, properties);
            try {
                arenas.add(MemoryPlanner.plan(graph, operators.catalog()).size());
            } catch (GraphException | ArithmeticException e) {
                // Sizes beyond all bounds show first when memory is planned.
                throw new ImportException("the model cannot be imported: " + e.getMessage());
            }
        }
        Metadata metadata = TfliteMetadata.of(parsed, name, graphs.get(0)).withProperties(properties);
        return new ModelContent(graphs, arenas, MemoryPlanner.VERSION, metadata);
    }

    /** {@link #read(ByteBuffer, String, CustomOperators)} without operators of an application. */
    @SuppressWarnings("exports") // for the rooms of the converter
    public static ModelContent read(ByteBuffer file, String name) {
        return read(file, name, CustomOperators.NONE);
    }

    /**
     * Imports one signature with other sizes of its inputs than the file says.
     *
     * @param index of the signature
     * @param shapes one for each input
     * @throws ImportException if the file cannot be imported in these sizes
     */
    @SuppressWarnings("exports") // for the rooms of the converter
    public static Graph graph(ByteBuffer file, CustomOperators operators, int index, List<Shape> shapes) {
        TfliteFile parsed = TfliteReader.read(new FlatBytes(file));
        return GraphImport.of(parsed, signatures(parsed).get(index), operators, shapes)
                .graph();
    }

    /** What the file says about itself, for a model whose signatures became {@code graphs}, and which of them hold for their batch size only. */
    @SuppressWarnings("exports") // for the rooms of the converter
    public static Metadata metadata(ByteBuffer file, String name, CustomOperators operators, List<Graph> graphs) {
        TfliteFile parsed = TfliteReader.read(new FlatBytes(file));
        Map<String, String> properties = new TreeMap<>();
        for (int i = 0; i < graphs.size(); i++) {
            List<Shape> shapes =
                    graphs.get(i).inputs().stream().map(Value::shape).toList();
            note(GraphImport.of(parsed, signatures(parsed).get(i), operators, shapes), properties);
        }
        return TfliteMetadata.of(parsed, name, graphs.get(0)).withProperties(properties);
    }

    private static void note(GraphImport.Imported imported, Map<String, String> properties) {
        if (imported.ownBatch() != null) {
            properties.put(BatchRewrite.FIXED + imported.graph().name(), imported.ownBatch());
        }
    }

    /**
     * The inputs of each signature, without importing it.
     *
     * @throws ImportException if the file is damaged
     */
    public static List<List<ForeignInput>> inputs(ByteBuffer file) {
        TfliteFile parsed = TfliteReader.read(new FlatBytes(file));
        List<List<ForeignInput>> all = new ArrayList<>();
        for (SignatureInfo signature : signatures(parsed)) {
            all.add(GraphInputs.of(parsed.subgraphs().get(signature.subgraph()), signature));
        }
        return all;
    }

    private static List<SignatureInfo> signatures(TfliteFile file) {
        return file.signatures().isEmpty() ? List.of(new SignatureInfo("", 0, Map.of(), Map.of())) : file.signatures();
    }
}
