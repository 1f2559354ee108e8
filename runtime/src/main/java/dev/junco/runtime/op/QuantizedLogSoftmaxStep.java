package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.kernel.QuantizedLogSoftmax;

/** Logarithms of an int8 softmax in integers; a unit is a row. */
final class QuantizedLogSoftmaxStep extends Step {
    private final QuantizedLogSoftmax softmax;
    private final ByteRef x;
    private final ByteRef y;
    private final int rows;
    private final int columns;

    QuantizedLogSoftmaxStep(Binding binding, Node node, float beta, int rows, int columns) {
        super(16L * rows * columns);
        this.softmax = QuantizedLogSoftmax.of(node.input(0).quantization().scale(), beta);
        this.x = binding.bytes(node.input(0));
        this.y = binding.bytes(node.output());
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public int units() {
        return rows;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int at = from * columns; at < to * columns; at += columns) {
            softmax.row(x.array(), x.offset() + at, y.array(), y.offset() + at, columns);
        }
    }
}
