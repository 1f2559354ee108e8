package dev.junco.trainer.op;

import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.CategoricalCrossEntropy;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;

/** The loss of one row (the last axis) in double precision, and its gradient: both still to be divided by a number of the batch. */
interface RowLoss {
    /** Below this a probability counts as so much. */
    double LEAST = 1e-7;

    /**
     * Returns the row's loss.
     *
     * @param z prediction or logits, n values
     * @param t targets, n values; a class is given as 1 among zeros
     * @param dz receives the gradient
     */
    double of(double[] z, double[] t, double[] dz, int n);

    /** The formula of a loss. */
    static RowLoss of(LossAttributes attributes) {
        boolean logits = attributes.logits();
        return switch (attributes.loss()) {
            case MeanSquaredError _ -> RowLoss::squares;
            case BinaryCrossEntropy _ -> logits ? RowLoss::sigmoidEntropy : RowLoss::binaryEntropy;
            case CategoricalCrossEntropy _ -> logits ? RowLoss::softmaxEntropy : RowLoss::entropy;
            case SparseCategoricalCrossEntropy _ -> logits ? RowLoss::softmaxEntropy : RowLoss::entropy;
        };
    }

    /** Σ (z − t)². */
    private static double squares(double[] z, double[] t, double[] dz, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double difference = z[i] - t[i];
            sum += difference * difference;
            dz[i] = 2 * difference;
        }
        return sum;
    }

    /** Σ max(z, 0) − z · t + log(1 + exp(−|z|)). */
    private static double sigmoidEntropy(double[] z, double[] t, double[] dz, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double small = StrictMath.exp(-Math.abs(z[i]));
            sum += Math.max(z[i], 0) - z[i] * t[i] + StrictMath.log1p(small);
            dz[i] = (z[i] >= 0 ? 1 : small) / (1 + small) - t[i];
        }
        return sum;
    }

    /** Σ −t · log p − (1 − t) · log(1 − p) with p limited. */
    private static double binaryEntropy(double[] p, double[] t, double[] dp, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double limited = Math.min(Math.max(p[i], LEAST), 1 - LEAST);
            sum -= t[i] * StrictMath.log(limited) + (1 - t[i]) * StrictMath.log1p(-limited);
            dp[i] = limited == p[i] ? (limited - t[i]) / (limited * (1 - limited)) : 0;
        }
        return sum;
    }

    /** Σ t · (log Σ exp z − z). */
    private static double softmaxEntropy(double[] z, double[] t, double[] dz, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, z[i]);
        }
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < n; i++) {
            dz[i] = StrictMath.exp(z[i] - max);
            sum += dz[i];
            weight += t[i];
        }
        double log = max + StrictMath.log(sum);
        double loss = 0;
        for (int i = 0; i < n; i++) {
            loss += t[i] == 0 ? 0 : t[i] * (log - z[i]);
            dz[i] = dz[i] / sum * weight - t[i];
        }
        return loss;
    }

    /** −Σ t · log(max(p / Σ p, 10⁻⁷)). */
    private static double entropy(double[] p, double[] t, double[] dp, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += p[i];
        }
        double loss = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            double share = p[i] / sum;
            dp[i] = 0;
            if (t[i] != 0) {
                loss -= t[i] * StrictMath.log(Math.max(share, LEAST));
                dp[i] = share > LEAST ? -t[i] / share : 0;
                product += dp[i] * share;
            }
        }
        for (int i = 0; i < n; i++) {
            dp[i] = (dp[i] - product) / sum;
        }
        return loss;
    }
}
