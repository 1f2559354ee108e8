package dev.junco.trainer.layer;

/** What happens at the edges of an image. */
public enum Padding {
    /** Nothing: every window lies inside the image. */
    VALID(dev.junco.runtime.graph.attributes.Padding.VALID),
    /** Zeros around the image, so that the result has the image's size divided by the stride, rounded up. */
    SAME(dev.junco.runtime.graph.attributes.Padding.SAME);

    private final dev.junco.runtime.graph.attributes.Padding graph;

    Padding(dev.junco.runtime.graph.attributes.Padding graph) {
        this.graph = graph;
    }

    /** The padding as a graph knows it. */
    dev.junco.runtime.graph.attributes.Padding forGraph() {
        return graph;
    }
}
