package dev.junco.runtime.graph;

import dev.junco.runtime.Metadata;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a model file holds.
 *
 * @param signatures the graphs; the first is the one that runs unless another is asked for
 * @param arenas the memory that each graph needs
 * @param planner version of the rules by which {@code arenas} were computed
 * @param metadata what the file says about itself
 * @param recording what the first graph gave for a sample, for {@link dev.junco.runtime.Model#selfTest()}; null if nothing was recorded
 */
public record ModelContent(
        List<Graph> signatures, List<ArenaSize> arenas, int planner, Metadata metadata, Recording recording) {
    /** Without a recording. */
    public ModelContent(List<Graph> signatures, List<ArenaSize> arenas, int planner, Metadata metadata) {
        this(signatures, arenas, planner, metadata, null);
    }

    public ModelContent {
        signatures = List.copyOf(signatures);
        arenas = List.copyOf(arenas);
        if (signatures.isEmpty() || signatures.size() != arenas.size()) {
            throw new GraphException("a model has at least one graph and an arena size for each; found "
                    + signatures.size() + " graphs, " + arenas.size() + " arena sizes");
        }
        Set<String> names = new HashSet<>();
        for (Graph graph : signatures) {
            if (!names.add(graph.name())) {
                throw new GraphException(
                        "two signatures are named '" + graph.name() + "'; names have to be unique in a model");
            }
        }
        if (recording != null) {
            recording.requireOf(signatures.get(0));
        }
    }

    /** The same with another recording, null for none. */
    public ModelContent withRecording(Recording other) {
        return new ModelContent(signatures, arenas, planner, metadata, other);
    }
}
