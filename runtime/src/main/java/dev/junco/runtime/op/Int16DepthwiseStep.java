package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;

/** A convolution of int16 activations with int8 filters of their own for each channel. */
final class Int16DepthwiseStep extends Int16WindowStep {
    private final int units;
    private final int multiplier;

    Int16DepthwiseStep(Binding binding, Node node, Activation activation, WindowGeometry g) {
        super(binding, node, activation, g, node.input(1).shape().dim(3), 1);
        units = node.input(1).shape().dim(3);
        multiplier = units / g.channels();
    }

    @Override
    long products(int pixel, int cell, int unit) {
        return x.array()[pixel + unit / multiplier] * w.array()[w.offset() + cell * units + unit];
    }
}
