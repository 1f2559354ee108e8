package dev.junco.converter;

/** The constants of an {@link AudioFrontEnd}. */
final class AudioTables {
    private AudioTables() {}

    /** A periodic Hann window: 0.5 − 0.5 cos(2πi / length). */
    static float[] hann(int length) {
        float[] window = new float[length];
        for (int i = 0; i < length; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
        }
        return window;
    }

    private static double mel(double hertz) {
        return 1127 * Math.log1p(hertz / 700);
    }

    /**
     * Triangles of equal width on the mel scale, [bins, bands]; the bin at 0 Hz belongs to none.
     *
     * @param bins of the spectrum, from 0 Hz to half the sample rate
     */
    static float[] melBands(int bins, int bands, double sampleRate, double lowest, double highest) {
        float[] weights = new float[bins * bands];
        double first = mel(lowest);
        double width = (mel(highest) - first) / (bands + 1);
        for (int bin = 1; bin < bins; bin++) {
            double at = mel(bin * sampleRate / 2 / (bins - 1));
            for (int band = 0; band < bands; band++) {
                double rising = (at - first - band * width) / width;
                weights[bin * bands + band] = (float) Math.max(0, Math.min(rising, 2 - rising));
            }
        }
        return weights;
    }

    /** Orthogonal cosines, [bands, cepstra], the first of which is √2 times as large as in an orthonormal transform: √(2 / bands) cos(π k (i + ½) / bands). */
    static float[] cosines(int bands, int cepstra) {
        float[] weights = new float[bands * cepstra];
        for (int i = 0; i < bands; i++) {
            for (int k = 0; k < cepstra; k++) {
                weights[i * cepstra + k] = (float) (Math.sqrt(2.0 / bands) * Math.cos(Math.PI * k * (i + 0.5) / bands));
            }
        }
        return weights;
    }
}
