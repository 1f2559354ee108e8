package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.kernel.QuantizedSoftmax16;

/** int16 softmax in integers; a unit is a row. */
final class Int16SoftmaxStep extends Step {
    private final QuantizedSoftmax16 softmax;
    private final ShortRef x;
    private final ShortRef y;
    private final int rows;
    private final int columns;

    Int16SoftmaxStep(Binding binding, Node node, float beta, int rows, int columns) {
        super(16L * rows * columns);
        this.softmax = QuantizedSoftmax16.of(node.input(0).quantization().scale(), beta);
        this.x = binding.shorts(node.input(0));
        this.y = binding.shorts(node.output());
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
