package dev.junco.trainer.data;

import dev.junco.runtime.Shape;
import java.util.List;
import java.util.Objects;

/**
 * Samples in memory: features of one shape each, and what a network learns to answer, either one class for each
 * sample or numbers.
 *
 * <p>Immutable and thread-safe. Parts, other orders and normalisations are views that share the memory of the
 * features; normalisation happens while values are copied out.
 */
public final class Dataset {
    private final FeatureStore features;
    private final Targets targets;
    private final Shape shape;
    private final int width;
    private final List<String> featureNames;
    private final Normalization normalization;
    private final Normalization targetNormalization;
    /** Stored sample of each sample of this view, or null where the view is everything in order. */
    private final int[] rows;

    private Dataset(
            FeatureStore features,
            Targets targets,
            Shape shape,
            List<String> featureNames,
            Normalization normalization,
            Normalization targetNormalization,
            int[] rows) {
        this.features = features;
        this.targets = targets;
        this.shape = shape;
        this.width = shape.elements();
        this.featureNames = List.copyOf(featureNames);
        this.normalization = normalization;
        this.targetNormalization = targetNormalization;
        this.rows = rows;
    }

    /** Checks what comes from outside; views need no check. */
    static Dataset of(FeatureStore features, Shape shape, Targets targets) {
        targets.requireSize(features.samples(shape));
        Normalization none = Normalization.none();
        return new Dataset(features, targets, shape, List.of(), none, none, null);
    }

    /**
     * A data set for classification.
     *
     * @param features sample after sample; copied
     * @param shape shape of one sample, without a batch axis
     * @param labels class of each sample, {@code 0 <= label < classes}; copied
     * @param classes number of classes
     * @throws DataException if the sizes do not fit each other, a label is out of range or a feature is not finite
     */
    public static Dataset classification(float[] features, Shape shape, int[] labels, int classes) {
        Targets targets = new Targets.Labels(labels.clone(), classes, List.of());
        return of(new FeatureStore.Floats(features.clone()), shape, targets);
    }

    /** {@link #classification(float[], Shape, int[], int)} with features from 0 to 255, one unsigned byte each. */
    public static Dataset classification(byte[] features, Shape shape, int[] labels, int classes) {
        Targets targets = new Targets.Labels(labels.clone(), classes, List.of());
        return of(new FeatureStore.Bytes(features.clone()), shape, targets);
    }

    /**
     * A data set for regression.
     *
     * @param features sample after sample; copied
     * @param shape shape of one sample, without a batch axis
     * @param targets {@code targetWidth} numbers for each sample, sample after sample; copied
     * @throws DataException if the sizes do not fit each other or a number is not finite
     */
    public static Dataset regression(float[] features, Shape shape, float[] targets, int targetWidth) {
        Targets numbers = new Targets.Values(targets.clone(), targetWidth, List.of());
        return of(new FeatureStore.Floats(features.clone()), shape, numbers);
    }

    /**
     * Features alone, to ask a network about.
     *
     * @param features sample after sample; copied
     * @throws DataException if they do not divide into samples of {@code shape} or a number is not finite
     */
    public static Dataset unlabelled(float[] features, Shape shape) {
        return of(new FeatureStore.Floats(features.clone()), shape, new Targets.None());
    }

    /** Number of samples. */
    public int size() {
        return rows == null ? features.length() / width : rows.length;
    }

    /** Shape of one sample, without a batch axis; images are height, width, channels. */
    public Shape featureShape() {
        return shape;
    }

    /** Number of feature values of one sample. */
    public int featureCount() {
        return width;
    }

    /** Name of each feature, or an empty list. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** Whether each sample has a class. */
    public boolean isClassification() {
        return targets instanceof Targets.Labels;
    }

    /** Number of classes, or 0 where samples have no class. */
    public int classes() {
        return targets.classes();
    }

    /** Name of each class, or an empty list. */
    public List<String> labelNames() {
        return isClassification() ? targets.names() : List.of();
    }

    /** How many values {@link #copyTargets} writes: 1 for a class, the number of targets of a regression, or 0. */
    public int targetWidth() {
        return targets.width();
    }

    /** Name of each target of a regression, or an empty list. */
    public List<String> targetNames() {
        return isClassification() ? List.of() : targets.names();
    }

    /** What {@link #copyFeatures} does to the stored features. */
    public Normalization normalization() {
        return normalization;
    }

    /** What {@link #copyTargets} does to the stored targets of a regression; undo it on a network's answers. */
    public Normalization targetNormalization() {
        return targetNormalization;
    }

    /**
     * Class of a sample.
     *
     * @throws DataException if samples have no class
     */
    public int label(int index) {
        return ids()[row(index)];
    }

    /**
     * Writes the normalised features of a sample.
     *
     * @param target Modified: {@link #featureCount()} values from {@code offset} on.
     */
    public void copyFeatures(int index, float[] target, int offset) {
        features.copy(row(index) * width, width, target, offset);
        if (!normalization.isIdentity()) {
            normalization.apply(target, offset, width);
        }
    }

    /**
     * Writes the targets of a sample: its class as a number, or its normalised numbers.
     *
     * @param target Modified: {@link #targetWidth()} values from {@code offset} on.
     */
    public void copyTargets(int index, float[] target, int offset) {
        targets.copy(row(index), target, offset);
        if (!targetNormalization.isIdentity()) {
            targetNormalization.apply(target, offset, targets.width());
        }
    }

    /**
     * Writes the class of a sample as a 1 among zeros.
     *
     * @param target Modified: {@link #classes()} values from {@code offset} on.
     */
    public void copyOneHot(int index, float[] target, int offset) {
        int label = label(index);
        for (int c = 0; c < classes(); c++) {
            target[offset + c] = c == label ? 1 : 0;
        }
    }

    /** The samples of the given numbers, in their order; a number may come more than once. */
    public Dataset subset(int[] indices) {
        int[] chosen = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            chosen[i] = row(indices[i]);
        }
        return view(shape, targets, featureNames, normalization, targetNormalization, chosen);
    }

    /** The first {@code count} samples, or all where there are fewer. */
    public Dataset take(int count) {
        return subset(Order.range(0, Math.min(count, size())));
    }

    /** All samples in an order that is a function of the seed. */
    public Dataset shuffled(long seed) {
        return subset(Order.shuffled(size(), new Random64(seed)));
    }

    /**
     * Divides the samples at random; what is neither for validation nor for testing is for training.
     *
     * @param validation part for validation, 0 to 1
     * @param test part for testing, 0 to 1; together they leave something for training
     * @param seed decides which sample comes where
     */
    public Split split(double validation, double test, long seed) {
        return Order.split(this, Order.shuffled(size(), new Random64(seed)), validation, test);
    }

    /** {@link #split} with the same share of every class in each part, as nearly as whole samples allow. */
    public Split stratifiedSplit(double validation, double test, long seed) {
        return Order.split(this, Order.interleavedClasses(this, new Random64(seed)), validation, test);
    }

    /** The same samples with features normalised on the way out, in place of what was done before. */
    public Dataset normalized(Normalization features) {
        features.requireFit(shape);
        return view(shape, targets, featureNames, features, targetNormalization, rows);
    }

    /** The same samples with the targets of a regression normalised on the way out. */
    public Dataset normalizedTargets(Normalization wanted) {
        if (isClassification() || targetWidth() == 0 || targetWidth() % wanted.length() != 0) {
            throw new DataException("A normalisation of " + wanted.length() + " targets does not fit a data set with "
                    + (isClassification() ? "classes" : targetWidth() + " targets") + ".");
        }
        return view(shape, targets, featureNames, normalization, wanted, rows);
    }

    /** The same features seen in another shape, as 64 columns of a table may be an image of 8, 8, 1. */
    public Dataset reshaped(Shape wanted) {
        if (wanted.elements() != width) {
            throw new DataException("Samples of shape " + shape + " have " + width + " values; shape " + wanted
                    + " needs " + wanted.elements() + ".");
        }
        return view(wanted, targets, List.of(), normalization, targetNormalization, rows);
    }

    /** The same samples with names for the classes; there may be more classes than occur in the samples. */
    public Dataset withLabelNames(List<String> names) {
        return withTargets(new Targets.Labels(ids(), names.size(), names));
    }

    /** The same samples among {@code classes} classes without names; more than occur in the samples, perhaps. */
    public Dataset withClasses(int classes) {
        return withTargets(new Targets.Labels(ids(), classes, List.of()));
    }

    /** The same samples with names for the features, one each. */
    public Dataset withFeatureNames(List<String> names) {
        if (names.size() != width) {
            throw new DataException(
                    "Samples have " + width + " features, but there are names for " + names.size() + ".");
        }
        return view(shape, targets, names, normalization, targetNormalization, rows);
    }

    private int[] ids() {
        if (targets instanceof Targets.Labels labels) {
            return labels.ids();
        }
        throw new DataException("This data set has no classes; it is not one for classification.");
    }

    private int row(int index) {
        Objects.checkIndex(index, size());
        return rows == null ? index : rows[index];
    }

    private Dataset withTargets(Targets wanted) {
        return view(shape, wanted, featureNames, normalization, targetNormalization, rows);
    }

    private Dataset view(
            Shape shape,
            Targets targets,
            List<String> names,
            Normalization normalization,
            Normalization targetNormalization,
            int[] rows) {
        return new Dataset(features, targets, shape, names, normalization, targetNormalization, rows);
    }

    @Override
    public String toString() {
        String asked = isClassification() ? classes() + " classes" : targetWidth() + " targets";
        return size() + " samples of " + shape + ", " + asked;
    }
}
