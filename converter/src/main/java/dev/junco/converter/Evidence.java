package dev.junco.converter;

import dev.junco.runtime.Metadata;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a converted file says about its conversion: properties {@code conversion.…} and {@code evidence.…}; of signatures other than the first {@code
 * evidence.signature.…}. */
record Evidence(
        Precision precision,
        List<String> passes,
        int calibrationSamples,
        RangeMethod ranges,
        Map<String, Comparison> comparisons,
        String firstSignature,
        boolean unseen,
        String sourceSha256) {

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The metadata with this evidence in the place of any older one. */
    Metadata addTo(Metadata metadata) {
        TreeMap<String, String> properties = new TreeMap<>(metadata.properties());
        properties.keySet().removeIf(key -> key.startsWith("conversion.") || key.startsWith("evidence."));
        properties.put("conversion.precision", precision.toString());
        properties.put("conversion.passes", String.join(" ", passes));
        properties.put("evidence.source.sha256", sourceSha256);
        if (calibrationSamples > 0) {
            properties.put("conversion.calibration.samples", Integer.toString(calibrationSamples));
            properties.put("conversion.calibration.ranges", ranges.name().toLowerCase(Locale.ROOT));
        }
        if (!comparisons.isEmpty()) {
            properties.put("evidence.data", unseen ? "evaluation" : "calibration");
        }
        comparisons.forEach((signature, found) -> addTo(
                properties, signature.equals(firstSignature) ? "evidence." : "evidence." + signature + ".", found));
        return new Metadata(
                metadata.name(),
                metadata.description(),
                metadata.producer(),
                metadata.licence(),
                metadata.labels(),
                metadata.preprocessing(),
                properties);
    }

    private static void addTo(Map<String, String> properties, String prefix, Comparison found) {
        properties.put(prefix + "samples", Integer.toString(found.samples()));
        properties.put(prefix + "agreement", Double.toString(found.agreement()));
        properties.put(prefix + "difference.worst", Double.toString(found.worst()));
        properties.put(prefix + "difference.mean", Double.toString(found.mean()));
        if (found.metric() == Metric.ACCURACY) {
            properties.put(prefix + "accuracy.before", Double.toString(found.before()));
            properties.put(prefix + "accuracy.after", Double.toString(found.after()));
        } else if (found.metric() == Metric.SQUARED_ERROR) {
            properties.put(prefix + "squared-error.before", Double.toString(found.before()));
            properties.put(prefix + "squared-error.after", Double.toString(found.after()));
        }
    }
}
