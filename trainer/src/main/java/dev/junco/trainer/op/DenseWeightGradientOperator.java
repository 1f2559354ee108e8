package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import java.util.Arrays;
import java.util.List;

/** {@link DenseWeightGradient}. */
final class DenseWeightGradientOperator extends Operator<DenseWeightGradient> {
    DenseWeightGradientOperator() {
        super(DenseWeightGradient.class, "DenseWeightGradient");
    }

    @Override
    public List<TensorSpec> infer(DenseWeightGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        Shape x = inputs.get(0).shape();
        int units = inputs.get(1).shape().dim(1);
        TensorSpec dw = TensorSpec.float32(Shape.of(units, x.elements(1, x.rank())));
        return attributes.bias() ? List.of(dw, TensorSpec.float32(Shape.of(units))) : List.of(dw);
    }

    @Override
    public long multiplyAdds(DenseWeightGradient attributes, Node node) {
        return (long) node.input(0).shape().dim(0) * node.output().shape().elements();
    }

    @Override
    public void bind(DenseWeightGradient attributes, Node node, Binding binding) {
        int batch = node.input(0).shape().dim(0);
        int units = node.output().shape().dim(0);
        FloatRef dz = binding.floats(node.input(1));
        FloatRef db = attributes.bias() ? binding.floats(node.output(1)) : null;
        RowSource a = RowSource.dense(dz.array(), dz.offset(), batch, units, units);
        binding.add(new Product(
                binding,
                a,
                dz,
                binding.floats(node.input(0)),
                node.output().shape().dim(1),
                binding.floats(node.output()),
                db));
    }

    /** dw = dzᵀ · x; a unit is a block of dw, and db is one more. */
    private static final class Product extends Step {
        private static final int ROWS = 48;
        private static final int COLUMNS = 256;

        private final Binding binding;
        private final RowSource a;
        private final FloatRef dz;
        private final FloatRef x;
        private final int features;
        private final FloatRef dw;
        private final FloatRef db;
        private final int columnBlocks;

        Product(Binding binding, RowSource a, FloatRef dz, FloatRef x, int features, FloatRef dw, FloatRef db) {
            super((long) a.m() * a.k() * features);
            this.binding = binding;
            this.a = a;
            this.dz = dz;
            this.x = x;
            this.features = features;
            this.dw = dw;
            this.db = db;
            this.columnBlocks = (features + COLUMNS - 1) / COLUMNS;
        }

        @Override
        public int units() {
            return blocks() + (db == null ? 0 : 1);
        }

        private int blocks() {
            return (a.k() + ROWS - 1) / ROWS * columnBlocks;
        }

        @Override
        public void run(int from, int to, int worker) {
            for (int unit = from; unit < to; unit++) {
                if (unit == blocks()) {
                    sumBias();
                } else {
                    block(unit / columnBlocks * ROWS, unit % columnBlocks * COLUMNS, worker);
                }
            }
        }

        private void block(int row, int column, int worker) {
            int endRow = Math.min(row + ROWS, a.k());
            int columns = Math.min(COLUMNS, features - column);
            for (int i = row; i < endRow; i++) {
                int at = dw.offset() + i * features + column;
                Arrays.fill(dw.array(), at, at + columns, 0f);
            }
            binding.kernels()
                    .kernels()
                    .gemm()
                    .multiplyTransposed(
                            a,
                            row,
                            endRow,
                            0,
                            a.m(),
                            x.array(),
                            x.offset() + column,
                            features,
                            columns,
                            dw.array(),
                            dw.offset() + column,
                            features,
                            binding.workspace(worker));
        }

        private void sumBias() {
            Arrays.fill(db.array(), db.offset(), db.offset() + a.k(), 0f);
            binding.kernels()
                    .kernels()
                    .reduction()
                    .addColumns(dz.array(), dz.offset(), a.m(), a.k(), db.array(), db.offset());
        }
    }

    @Override
    public void evaluate(DenseWeightGradient attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] dz = values.of(node.input(1));
        double[] dw = values.of(node.output());
        int units = node.output().shape().dim(0);
        int features = node.output().shape().dim(1);
        Arrays.fill(dw, 0);
        for (int i = 0; i < dz.length; i++) {
            for (int k = 0; k < features; k++) {
                dw[i % units * features + k] += dz[i] * x[i / units * features + k];
            }
        }
        if (attributes.bias()) {
            double[] db = values.of(node.output(1));
            Arrays.fill(db, 0);
            for (int i = 0; i < dz.length; i++) {
                db[i % units] += dz[i];
            }
        }
    }
}
