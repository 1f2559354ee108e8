package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.PoolKind;

/**
 * The gradient of a pooling's input. Of a maximum it goes to the first largest cell of the window, of a mean in equal shares to all
 * cells that were counted. Operands: x {@code [batch, height, width, channels]}, dz (of the result, fused activation already undone). Result: dx of x's
 * shape.
 *
 * @param through a clamp that was fused into the producer of x, whose derivative is applied; NONE for means
 */
public record PoolGradient(
        PoolKind kind,
        int windowH,
        int windowW,
        int strideH,
        int strideW,
        Padding padding,
        boolean countPadding,
        Activation through)
        implements Attributes {}
