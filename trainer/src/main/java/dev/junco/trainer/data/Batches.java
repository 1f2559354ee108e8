package dev.junco.trainer.data;

import java.util.NoSuchElementException;

/**
 * Walks over a data set in mini-batches. The order of an epoch is a function of the seed and the number of the epoch
 * alone, so three numbers (seed, {@link #epoch()}, {@link #batch()}) are all that a checkpoint needs.
 *
 * <p>The last batch of an epoch holds what is left, at least one sample. Walking allocates nothing. Not thread-safe.
 */
public final class Batches {
    private final Dataset data;
    private final int batchSize;
    private final boolean shuffle;
    private final long seed;
    private final int[] order;
    private int epoch;
    private int batch;

    private Batches(Dataset data, int batchSize, boolean shuffle, long seed) {
        if (batchSize < 1) {
            throw new DataException("The batch size must be at least 1; found " + batchSize + ".");
        }
        if (data.size() == 0) {
            throw new DataException("There is nothing to walk over: the data set has no samples.");
        }
        this.data = data;
        this.batchSize = batchSize;
        this.shuffle = shuffle;
        this.seed = seed;
        this.order = new int[data.size()];
        seek(0, 0);
    }

    /** Batches in a new order in every epoch. Starts before the first batch of epoch 0. */
    public static Batches shuffled(Dataset data, int batchSize, long seed) {
        return new Batches(data, batchSize, true, seed);
    }

    /** Batches in the order of the data set. */
    public static Batches inOrder(Dataset data, int batchSize) {
        return new Batches(data, batchSize, false, 0);
    }

    /** Number of batches of an epoch, a smaller last one included. */
    public int batchesPerEpoch() {
        return (order.length - 1) / batchSize + 1;
    }

    /** Number of samples of every batch but perhaps the last. */
    public int batchSize() {
        return batchSize;
    }

    /** Number of samples of an epoch. */
    public int samples() {
        return order.length;
    }

    /** Number of the current epoch; the first is 0. */
    public int epoch() {
        return epoch;
    }

    /** Number of the batch that comes next; {@link #batchesPerEpoch()} at the end of an epoch. */
    public int batch() {
        return batch;
    }

    /** Goes to before a batch of an epoch, whatever came before. */
    public void seek(int epoch, int batch) {
        if (epoch < 0 || batch < 0 || batch > batchesPerEpoch()) {
            throw new DataException("There is no batch " + batch + " of epoch " + epoch + "; an epoch has batches 0 to "
                    + (batchesPerEpoch() - 1) + ". Does the checkpoint belong to this data set and batch size?");
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (shuffle) {
            Random64.ofStream(seed, epoch).shuffle(order);
        }
        this.epoch = epoch;
        this.batch = batch;
    }

    /** Goes to before the first batch of the next epoch. */
    public void nextEpoch() {
        seek(epoch + 1, 0);
    }

    /** Whether the current epoch has another batch. */
    public boolean hasNext() {
        return batch < batchesPerEpoch();
    }

    /**
     * The numbers of the next batch's samples.
     *
     * @param indices Modified: as many values as returned, from 0 on; at least {@link #batchSize()} long
     * @return number of samples of the batch
     */
    public int next(int[] indices) {
        int start = batch * batchSize;
        int count = advance();
        System.arraycopy(order, start, indices, 0, count);
        return count;
    }

    /**
     * The values of the next batch, sample after sample. What lies behind the batch's values is not modified.
     *
     * @param features Modified: {@link Dataset#copyFeatures} of each sample
     * @param targets Modified: {@link Dataset#copyTargets} of each sample
     * @return number of samples of the batch
     */
    public int next(float[] features, float[] targets) {
        int start = batch * batchSize;
        int count = advance();
        int width = data.featureCount();
        int targetWidth = data.targetWidth();
        for (int i = 0; i < count; i++) {
            int index = order[start + i];
            data.copyFeatures(index, features, i * width);
            data.copyTargets(index, targets, i * targetWidth);
        }
        return count;
    }

    private int advance() {
        if (!hasNext()) {
            throw new NoSuchElementException("Epoch " + epoch + " has no further batch.");
        }
        return Math.min(batchSize, order.length - batch++ * batchSize);
    }
}
