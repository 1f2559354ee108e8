package dev.junco.trainer.data;

import java.util.List;

/** What a network learns to answer for each sample. Never changed once it is in a data set. */
sealed interface Targets {

    /** Number of samples that have a target, or -1 where that is no question. */
    int size();

    /** Nothing to learn from. */
    record None() implements Targets {
        @Override
        public int size() {
            return -1;
        }
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
    }
}
