package dev.junco.converter;

import dev.junco.runtime.Metadata;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** What a converted file says about its conversion: properties {@code conversion.…} and {@code evidence.…}. */
record Evidence(
        Precision precision,
        List<String> passes,
        int calibrationSamples,
        RangeMethod ranges,
        Optional<Comparison> comparison,
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
        comparison.ifPresent(found -> {
            properties.put("evidence.data", unseen ? "evaluation" : "calibration");
            properties.put("evidence.samples", Integer.toString(found.samples()));
            properties.put("evidence.agreement", Double.toString(found.agreement()));
            properties.put("evidence.difference.worst", Double.toString(found.worst()));
            properties.put("evidence.difference.mean", Double.toString(found.mean()));
            if (found.metric() == Metric.ACCURACY) {
                properties.put("evidence.accuracy.before", Double.toString(found.before()));
                properties.put("evidence.accuracy.after", Double.toString(found.after()));
            } else if (found.metric() == Metric.SQUARED_ERROR) {
                properties.put("evidence.squared-error.before", Double.toString(found.before()));
                properties.put("evidence.squared-error.after", Double.toString(found.after()));
            }
        });
        return new Metadata(
                metadata.name(),
                metadata.description(),
                metadata.producer(),
                metadata.licence(),
                metadata.labels(),
                metadata.preprocessing(),
                properties);
    }
}
