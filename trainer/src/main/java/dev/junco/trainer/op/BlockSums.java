package dev.junco.trainer.op;

import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Step;

/** Sums over blocks of fixed size, so that their total does not depend on how they are shared out; a unit is a block. */
abstract class BlockSums extends Step {
    private static final int BLOCK = 4096;

    private final int elements;
    private final double[] sums;

    private BlockSums(int elements) {
        super(elements);
        this.elements = elements;
        this.sums = new double[(elements + BLOCK - 1) / BLOCK];
    }

    /** Σ x². */
    static BlockSums squares(Binding binding, FloatRef x, int elements) {
        return new BlockSums(elements) {
            @Override
            double sum(int first, int n) {
                int at = x.offset() + first;
                return binding.kernels().kernels().reduction().dot(x.array(), at, x.array(), at, n);
            }
        };
    }

    /** Σ |x|. */
    static BlockSums absolutes(FloatRef x, int elements) {
        return new BlockSums(elements) {
            @Override
            double sum(int first, int n) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += Math.abs(x.array()[x.offset() + first + i]);
                }
                return sum;
            }
        };
    }

    /** The sum of a block. */
    abstract double sum(int first, int n);

    /** The sum of all blocks, in their order, once the step has run. */
    final double total() {
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    @Override
    public final int units() {
        return sums.length;
    }

    @Override
    public final void run(int from, int to, int worker) {
        for (int block = from; block < to; block++) {
            int first = block * BLOCK;
            sums[block] = sum(first, Math.min(BLOCK, elements - first));
        }
    }
}
