package dev.junco.runtime;

import dev.junco.runtime.format.ModelReader;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.MemoryPlanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model holds: read from a file whose arena sizes are then compared with this runtime's plan, or made of graphs; what its graphs take and give. */
final class ModelContents {
    private static final int CHUNK = 1 << 16;

    private ModelContents() {}

    static ModelContent read(Path file, OperatorCatalog catalog) {
        if (Files.isDirectory(file)) {
            throw new JuncoException("'" + file + "' is a folder, expected a .junco file");
        }
        ModelContent content = ModelReader.read(file, catalog);
        try {
            return checked(content, catalog);
        } catch (ModelFormatException e) {
            throw new ModelFormatException("'" + file + "': " + e.getMessage(), e);
        }
    }

    static ModelContent read(ByteBuffer bytes, OperatorCatalog catalog) {
        return checked(ModelReader.read(bytes, catalog), catalog);
    }

    static byte[] bytes(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
            bytes.write(chunk, 0, n);
        }
        return bytes.toByteArray();
    }

    static ModelContent of(List<Graph> signatures, Metadata metadata, OperatorCatalog catalog) {
        List<ArenaSize> arenas = new ArrayList<>();
        for (Graph graph : signatures) {
            arenas.add(MemoryPlanner.plan(graph, catalog).size());
        }
        return new ModelContent(signatures, arenas, MemoryPlanner.VERSION, metadata);
    }

    /** The same content, unless its arena sizes are wrong. */
    static ModelContent checked(ModelContent content, OperatorCatalog catalog) {
        if (content.planner() != MemoryPlanner.VERSION) {
            return content; // other rules, other layout: the sizes in the file say nothing about this runtime
        }
        for (int i = 0; i < content.signatures().size(); i++) {
            Graph graph = content.signatures().get(i);
            ArenaSize planned = planned(graph, catalog);
            if (!planned.equals(content.arenas().get(i))) {
                throw new ModelFormatException("the file says that graph '" + graph.name() + "' needs "
                        + content.arenas().get(i) + ", but it needs " + planned);
            }
        }
        return content;
    }

    /** The memory that a graph of a file needs. */
    static ArenaSize planned(Graph graph, OperatorCatalog catalog) {
        try {
            return MemoryPlanner.plan(graph, catalog).size();
        } catch (GraphException | ArithmeticException | IllegalArgumentException e) {
            // Operators of the application too say how much memory they need; a file may ask for more than there are
            // numbers.
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    static Map<String, TensorSpec> inputs(Graph graph) {
        Map<String, TensorSpec> specs = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            specs.put(input.name(), input.spec());
        }
        return Collections.unmodifiableMap(specs);
    }

    static Map<String, List<Integer>> bounds(Graph graph) {
        Map<String, List<Integer>> bounds = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            bounds.put(input.name(), input.bounds());
        }
        return Collections.unmodifiableMap(bounds);
    }

    static Map<String, TensorSpec> outputs(Graph graph) {
        Map<String, TensorSpec> specs = new LinkedHashMap<>();
        for (Map.Entry<String, String> output : graph.outputNames().entrySet()) {
            specs.put(output.getKey(), graph.value(output.getValue()).spec());
        }
        return Collections.unmodifiableMap(specs);
    }
}
