package dev.junco.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A photograph and what the desktop runtime answered to it when the model was made.
 *
 * @param label number of the right class
 * @param pixels brightnesses from 0 to 1
 * @param bits bits of the ten probabilities, hexadecimal
 */
record Golden(int label, float[] pixels, String bits) {
    /** One of each class. */
    static List<Golden> all() throws IOException {
        List<Golden> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Golden.class.getResourceAsStream("golden.txt"), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    all.add(new Golden(Integer.parseInt(words[0]), pixels(words[1]), words[2]));
                }
            }
        }
        return all;
    }

    private static float[] pixels(String hexadecimal) {
        float[] pixels = new float[hexadecimal.length() / 2];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Integer.parseInt(hexadecimal.substring(2 * i, 2 * i + 2), 16) * (1f / 255);
        }
        return pixels;
    }

    /** Where the build writes. */
    static Path target() {
        return Path.of(System.getProperty("demo.target"));
    }

    /** The model in the sources. */
    static Path model() {
        return target().resolveSibling("src/main/assets").resolve(DemoApplication.MODEL);
    }

    /** Eight hexadecimal digits for each number. */
    static String bits(float[] values) {
        StringBuilder text = new StringBuilder();
        for (float value : values) {
            text.append(String.format("%08x", Float.floatToRawIntBits(value)));
        }
        return text.toString();
    }
}
