package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;

/**
 * The gradient of a convolution's input: dx[pixel][c] = Σ dz[o][u] · w[u][ky][kx][c] over all output pixels o and filter cells that
 * read the pixel, times the derivative of the activation that made x. Operands: dz {@code [batch, outputHeight, outputWidth, units]}, w (OHWI), and x
 * unless {@code through} is NONE.
 *
 * @param convolution options of the convolution
 * @param shape of x
 * @param through a clamp that was fused into the producer of x, or NONE
 */
public record Conv2DInputGradient(Conv2DAttributes convolution, Shape shape, Activation through)
        implements Attributes {}
