package dev.junco.trainer.data;

import java.util.List;

/** What a network learns to answer for each sample. Never changed once it is in a data set. */
sealed interface Targets {

    /** Number of samples that have a target, or -1 where that is no question. */
    int size();

    /** Complains where {@code samples} have fewer or more targets. */
    default void requireSize(int samples) {
        if (size() >= 0 && size() != samples) {
            throw new DataException("There are features for " + samples + " samples, but targets for " + size()
                    + "; do both belong to the same data set?");
        }
    }

    /** Number of values that {@link #copy} writes. */
    int width();

    /** Number of classes, or 0. */
    default int classes() {
        return 0;
    }

    /** Name of each class or of each number, or none. */
    List<String> names();

    /** Writes the target of a sample as stored. */
    void copy(int row, float[] target, int offset);

    /** Nothing to learn from. */
    record None() implements Targets {
        @Override
        public int size() {
            return -1;
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public void copy(int row, float[] target, int offset) {}
    }

    /**
     * One class for each sample.
     *
     * @param ids class of each sample, {@code 0 <= id < classes}
     * @param classes number of classes
     * @param names name of each class, or none
     */
    record Labels(int[] ids, int classes, List<String> names) implements Targets {
        public Labels {
            names = List.copyOf(names);
            if (!names.isEmpty() && names.size() != classes) {
                throw new DataException(
                        "There are " + classes + " classes, but " + names.size() + " names for them: " + names + ".");
            }
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] < 0 || ids[i] >= classes) {
                    throw new DataException("Sample " + i + ": label " + ids[i] + " is out of range; with " + classes
                            + " classes, labels are 0 to " + (classes - 1) + ".");
                }
            }
        }

        @Override
        public int size() {
            return ids.length;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void copy(int row, float[] target, int offset) {
            target[offset] = ids[row];
        }
    }

    /**
     * Numbers for each sample.
     *
     * @param values {@code width} numbers for each sample, sample after sample
     * @param width how many numbers a sample has
     * @param names name of each number, or none
     */
    record Values(float[] values, int width, List<String> names) implements Targets {
        public Values {
            names = List.copyOf(names);
            if (width < 1 || values.length % width != 0) {
                throw new DataException(
                        values.length + " target values do not divide into samples of " + width + " values each.");
            }
            if (!names.isEmpty() && names.size() != width) {
                throw new DataException(
                        "Each sample has " + width + " targets, but there are names for " + names.size() + ".");
            }
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new DataException("Sample " + i / width + ": target " + i % width + " is " + values[i]
                            + "; targets must be finite numbers.");
                }
            }
        }

        @Override
        public int size() {
            return values.length / width;
        }

        @Override
        public void copy(int row, float[] target, int offset) {
            System.arraycopy(values, row * width, target, offset, width);
        }
    }
}
