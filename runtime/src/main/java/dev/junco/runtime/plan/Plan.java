package dev.junco.runtime.plan;

import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.op.Storage;
import java.util.List;

/**
 * Where everything lies while a graph runs. Offsets count elements of the value's own type in the arena of that type.
 *
 * @param graph the graph
 * @param offsets by value id; -1 for constants and states, which have arrays of their own
 * @param scratch by node, then by scratch buffer: offsets in the float arena
 * @param storage which values lie widened, in the arena of another type
 * @param size exact sizes of the arenas
 * @param buffers what was placed, for pictures of the arena
 * @param reservation what is set aside for larger sizes; null for a graph of fixed size
 */
public record Plan(
        Graph graph,
        int[] offsets,
        int[][] scratch,
        Storage storage,
        ArenaSize size,
        List<Buffer> buffers,
        Reservation reservation) {}
