package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import java.util.List;

/**
 * A block cut out of a tensor.
 *
 * @param begin first index along each axis
 * @param shape of the block
 */
public record Part(List<Integer> begin, Shape shape) implements Attributes {
    public Part {
        begin = List.copyOf(begin);
    }
}
