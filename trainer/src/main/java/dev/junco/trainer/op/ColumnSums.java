package dev.junco.trainer.op;

import dev.junco.runtime.kernel.ReductionKernels;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Step;
import java.util.Arrays;

/** Sums down the columns of a matrix, in parts of fixed size that are added in their order. */
final class ColumnSums {
    private static final int LEAST_ROWS = 256;

    private final Binding binding;
    private final Partition rows;
    private final float[][] parts;

    ColumnSums(Binding binding, int rows, int columns) {
        this.binding = binding;
        this.rows = Partition.of(rows, LEAST_ROWS);
        this.parts = new float[this.rows.parts()][columns];
    }

    /** Adds what is to be summed of the rows {@code [first, first + count)} to {@code into}, a value for each column. */
    interface Rows {
        void add(ReductionKernels reduction, int first, int count, float[] into);
    }

    /** Uses the sums. */
    interface Use {
        void totals(ColumnSums sums);
    }

    /** A step that sums; a unit is a part. */
    Step step(Rows adder) {
        return new Step((long) rows.length() * parts[0].length) {
            @Override
            public int units() {
                return parts.length;
            }

            @Override
            public void run(int from, int to, int worker) {
                ReductionKernels reduction = binding.kernels().kernels().reduction();
                for (int part = from; part < to; part++) {
                    int first = rows.start(part);
                    Arrays.fill(parts[part], 0f);
                    adder.add(reduction, first, rows.start(part + 1) - first, parts[part]);
                }
            }
        };
    }

    /** The step after it: one unit that uses the sums. */
    Step total(Use use) {
        return new Step((long) parts.length * parts[0].length) {
            @Override
            public int units() {
                return 1;
            }

            @Override
            public void run(int from, int to, int worker) {
                use.totals(ColumnSums.this);
            }
        };
    }

    /** The sum of a column. */
    float of(int column) {
        double sum = 0;
        for (float[] part : parts) {
            sum += part[column];
        }
        return (float) sum;
    }
}
