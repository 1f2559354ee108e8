package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;

/**
 * The gradient of a convolution's weights: dw[u][ky][kx][c] = Σ dz[pixel][u] · x[window(pixel) + (ky, kx)][c] over all output pixels of the
 * batch, and of its bias: db[u] = Σ dz[pixel][u]. Operands: x {@code [batch, height, width, channels]}, dz {@code [batch, outputHeight, outputWidth,
 * units]}. Results: dw, db if wanted.
 *
 * @param convolution options of the convolution
 * @param shape of the weights (OHWI)
 * @param bias whether db is wanted
 */
public record Conv2DWeightGradient(Conv2DAttributes convolution, Shape shape, boolean bias) implements Attributes {}
