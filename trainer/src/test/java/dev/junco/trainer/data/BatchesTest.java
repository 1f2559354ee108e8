package dev.junco.trainer.data;

import static dev.junco.trainer.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.junco.runtime.Shape;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static Dataset numbered(int size) {
        float[] features = new float[size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            features[i] = i;
            labels[i] = i % 2;
        }
        return Dataset.classification(features, Shape.of(1), labels, 2);
    }

    private static int[] epoch(Batches batches) {
        int[] all = new int[batches.samples()];
        int[] batch = new int[batches.batchSize()];
        int filled = 0;
        while (batches.hasNext()) {
            int count = batches.next(batch);
            System.arraycopy(batch, 0, all, filled, count);
            filled += count;
        }
        assertEquals(all.length, filled);
        return all;
    }

    @Test
    void everySampleComesOnceAndTheLastBatchIsSmaller() {
        Batches batches = Batches.shuffled(numbered(10), 4, 1);
        assertEquals(3, batches.batchesPerEpoch());
        int[] indices = new int[4];
        assertEquals(4, batches.next(indices));
        assertEquals(4, batches.next(indices));
        assertEquals(2, batches.next(indices));
        assertFalse(batches.hasNext());
        assertThrows(NoSuchElementException.class, () -> batches.next(indices));
        batches.nextEpoch();
        int[] all = epoch(batches);
        Arrays.sort(all);
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, all);
    }

    @Test
    void everyEpochHasItsOwnOrderThatDependsOnTheSeedAlone() {
        Batches one = Batches.shuffled(numbered(100), 7, 5);
        Batches two = Batches.shuffled(numbered(100), 13, 5);
        int[] first = epoch(one);
        assertArrayEquals(first, epoch(two), "batch size");
        one.nextEpoch();
        int[] second = epoch(one);
        assertFalse(Arrays.equals(first, second));
        two.seek(1, 0);
        assertArrayEquals(second, epoch(two));
        assertFalse(Arrays.equals(first, epoch(Batches.shuffled(numbered(100), 7, 6))));
    }

    @Test
    void continuesInTheMiddleOfAnEpoch() {
        Batches whole = Batches.shuffled(numbered(50), 8, 9);
        whole.seek(3, 0);
        int[] expected = Arrays.copyOfRange(epoch(whole), 32, 40);
        Batches resumed = Batches.shuffled(numbered(50), 8, 9);
        resumed.seek(3, 4);
        int[] indices = new int[8];
        assertEquals(8, resumed.next(indices));
        assertArrayEquals(expected, indices);
        assertEquals(5, resumed.batch());
        assertEquals(3, resumed.epoch());
    }

    @Test
    void fillsFeaturesAndTargets() {
        Batches batches = Batches.inOrder(numbered(3), 2);
        float[] features = new float[2];
        float[] targets = new float[2];
        batches.next(features, targets);
        assertEquals(1, batches.next(features, targets));
        assertArrayEquals(new float[] {2, 1}, features);
        assertArrayEquals(new float[] {0, 1}, targets);
    }

    @Test
    void batchesLargerThanTheDataHoldEverything() {
        Batches batches = Batches.inOrder(numbered(3), Integer.MAX_VALUE);
        assertEquals(1, batches.batchesPerEpoch());
        assertEquals(3, batches.next(new float[3], new float[3]));
    }

    @Test
    void refusesWhatCannotBeWalked() {
        assertRefused(() -> Batches.shuffled(numbered(3), 0, 1), "at least 1", "0");
        assertRefused(() -> Batches.inOrder(numbered(3).take(0), 1), "no samples");
        Batches batches = Batches.inOrder(numbered(4), 2);
        assertRefused(() -> batches.seek(0, 3), "batch 3", "0 to 1");
        assertRefused(() -> batches.seek(-1, 0), "epoch -1");
    }

    @Test
    void walkingAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Dataset data = Dataset.classification(new byte[7840], Shape.of(28, 28, 1), new int[10], 1)
                .normalized(Normalization.scale(1 / 255f))
                .shuffled(1);
        Batches batches = Batches.shuffled(data, 3, 1);
        float[] features = new float[3 * 784];
        float[] targets = new float[3];
        long id = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            batches.seek(round, 0);
            long before = threads.getThreadAllocatedBytes(id);
            while (batches.hasNext()) {
                batches.next(features, targets);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        assertEquals(0, least);
    }
}
