import dev.junco.runtime.Shape;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Normalization;
import java.util.Random;

/**
 * Drawings made of photographs.
 *
 * <p>People draw outlines, not photographs. The app fills outlines to silhouettes, so the network learns from silhouettes too: each photograph is cut
 * out by a threshold, filled, slightly turned, stretched and sheared, and mirrored every second time (in the data set all shoes look to the left).
 */
final class Silhouettes {
    static final int SIDE = 28;
    static final int PIXELS = SIDE * SIDE;

    private static final int COPIES = 3;

    private Silhouettes() {}

    /** Photographs, each followed by silhouettes of it; for a test one, upright and not mirrored. */
    static Dataset drawn(Dataset photographs, boolean forTraining, Random random) {
        int copies = forTraining ? COPIES + 2 : 2;
        byte[] pixels = new byte[photographs.size() * copies * PIXELS];
        int[] labels = new int[photographs.size() * copies];
        float[] photograph = new float[PIXELS];
        for (int i = 0; i < photographs.size(); i++) {
            photographs.copyFeatures(i, photograph, 0);
            for (int copy = 0; copy < copies; copy++) {
                float[] image = photograph.clone();
                if (forTraining && copy == 1) {
                    image = mirrored(image);
                }
                if (copy >= (forTraining ? 2 : 1)) {
                    image = silhouette(image, forTraining, random);
                }
                int at = i * copies + copy;
                labels[at] = photographs.label(i);
                for (int p = 0; p < PIXELS; p++) {
                    pixels[at * PIXELS + p] = (byte) Math.round(image[p]);
                }
            }
        }
        return Dataset.classification(pixels, Shape.of(SIDE, SIDE, 1), labels, photographs.classes())
                .withLabelNames(photographs.labelNames())
                .normalized(Normalization.scale(1f / 255));
    }

    private static float[] silhouette(float[] photograph, boolean vary, Random random) {
        float threshold = vary ? 8 + random.nextInt(40) : 24;
        float ink = vary ? 150 + random.nextInt(90) : 191;
        boolean[] inside = filled(photograph, threshold);
        float[] cut = new float[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            cut[p] = inside[p] ? ink : 0;
        }
        if (!vary) {
            return cut;
        }
        float[] turned = warped(cut, random);
        return random.nextBoolean() ? mirrored(turned) : turned;
    }

    /** What is lighter than a threshold or enclosed by what is. */
    private static boolean[] filled(float[] image, float threshold) {
        boolean[] outside = new boolean[PIXELS];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int p = 0; p < PIXELS; p++) {
                int row = p / SIDE;
                int column = p % SIDE;
                boolean reached = row == 0 || row == SIDE - 1 || column == 0 || column == SIDE - 1;
                reached = reached || outside[p - 1] || outside[p + 1] || outside[p - SIDE] || outside[p + SIDE];
                if (!outside[p] && reached && image[p] < threshold) {
                    outside[p] = true;
                    changed = true;
                }
            }
        }
        boolean[] inside = new boolean[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            inside[p] = !outside[p];
        }
        return inside;
    }

    /** Turned by up to 9°, sheared and stretched by up to 15 %, around the centre; bilinear, so edges become soft. */
    private static float[] warped(float[] image, Random random) {
        double angle = (random.nextDouble() - 0.5) * 0.3;
        double shear = (random.nextDouble() - 0.5) * 0.3;
        double stretchX = 1 + (random.nextDouble() - 0.5) * 0.3;
        double stretchY = 1 + (random.nextDouble() - 0.5) * 0.3;
        double centre = (SIDE - 1) / 2.0;
        float[] result = new float[PIXELS];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double x = (column - centre) * stretchX + (row - centre) * shear;
                double y = (row - centre) * stretchY;
                result[row * SIDE + column] = sample(
                        image,
                        Math.cos(angle) * x - Math.sin(angle) * y + centre,
                        Math.sin(angle) * x + Math.cos(angle) * y + centre);
            }
        }
        return result;
    }

    private static float sample(float[] image, double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double right = x - column;
        double below = y - row;
        return (float) (pixel(image, row, column) * (1 - right) * (1 - below)
                + pixel(image, row, column + 1) * right * (1 - below)
                + pixel(image, row + 1, column) * (1 - right) * below
                + pixel(image, row + 1, column + 1) * right * below);
    }

    private static float pixel(float[] image, int row, int column) {
        boolean isInside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
        return isInside ? image[row * SIDE + column] : 0;
    }

    private static float[] mirrored(float[] image) {
        float[] result = new float[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            result[p] = image[p / SIDE * SIDE + SIDE - 1 - p % SIDE];
        }
        return result;
    }
}
