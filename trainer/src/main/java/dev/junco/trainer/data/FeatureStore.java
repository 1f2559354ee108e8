package dev.junco.trainer.data;

import dev.junco.runtime.Shape;

/** All samples' features in one array, sample after sample. Never changed once it is in a data set. */
sealed interface FeatureStore {

    /** Number of values in all samples together. */
    int length();

    /**
     * Number of samples of {@code shape}.
     *
     * @throws DataException if the values do not divide into such samples, or one of them is not finite
     */
    default int samples(Shape shape) {
        int width = shape.elements();
        if (length() % width != 0) {
            throw new DataException(length() + " feature values do not divide into samples of shape " + shape
                    + ", which have " + width + " values each.");
        }
        return length() / width;
    }

    /** Writes {@code count} values from {@code position} on to {@code target}. */
    void copy(int position, int count, float[] target, int offset);

    /** Features as they are. */
    record Floats(float[] values) implements FeatureStore {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public int samples(Shape shape) {
            int samples = FeatureStore.super.samples(shape);
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    int width = shape.elements();
                    throw new DataException("Sample " + i / width + ": feature " + i % width + " is " + values[i]
                            + "; features must be finite numbers.");
                }
            }
            return samples;
        }

        @Override
        public void copy(int position, int count, float[] target, int offset) {
            System.arraycopy(values, position, target, offset, count);
        }
    }

    /** Features that are whole numbers from 0 to 255 take a quarter of the memory. */
    record Bytes(byte[] values) implements FeatureStore {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int position, int count, float[] target, int offset) {
            for (int i = 0; i < count; i++) {
                target[offset + i] = values[position + i] & 0xFF;
            }
        }
    }
}
