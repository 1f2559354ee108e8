package dev.junco.runtime.format;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.format.fb.MetadataDef;
import dev.junco.runtime.format.fb.PreprocessingDef;
import dev.junco.runtime.format.fb.Property;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Metadata to and from its table. */
final class MetadataCodec {
    private MetadataCodec() {}

    /** Offset of a new table, 0 if nothing is said. */
    static int write(FlatBufferBuilder builder, Text text, Metadata metadata) {
        if (metadata.equals(Metadata.EMPTY)) {
            return 0;
        }
        int[] preprocessing = new int[metadata.preprocessing().size()];
        for (int i = 0; i < preprocessing.length; i++) {
            Preprocessing step = metadata.preprocessing().get(i);
            preprocessing[i] = PreprocessingDef.createPreprocessingDef(
                    builder,
                    text.string(step.input()),
                    PreprocessingDef.createMeanVector(builder, step.mean()),
                    PreprocessingDef.createScaleVector(builder, step.scale()));
        }
        int[] properties = new int[metadata.properties().size()];
        int i = 0;
        for (Map.Entry<String, String> property : metadata.properties().entrySet()) {
            properties[i++] =
                    Property.createProperty(builder, text.string(property.getKey()), text.string(property.getValue()));
        }
        return MetadataDef.createMetadataDef(
                builder,
                text.optional(metadata.name()),
                text.optional(metadata.description()),
                text.optional(metadata.producer()),
                text.optional(metadata.licence()),
                text.strings(metadata.labels()),
                preprocessing.length == 0 ? 0 : builder.createVectorOfTables(preprocessing),
                properties.length == 0 ? 0 : builder.createVectorOfTables(properties));
    }

    /** The metadata of a verified table, which may be null. */
    static Metadata read(MetadataDef table) {
        if (table == null) {
            return Metadata.EMPTY;
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < table.labelsLength(); i++) {
            labels.add(table.labels(i));
        }
        List<Preprocessing> preprocessing = new ArrayList<>();
        for (int i = 0; i < table.preprocessingLength(); i++) {
            preprocessing.add(preprocessing(table.preprocessing(i)));
        }
        Map<String, String> properties = new TreeMap<>();
        for (int i = 0; i < table.propertiesLength(); i++) {
            properties.put(table.properties(i).key(), table.properties(i).value());
        }
        return new Metadata(
                orEmpty(table.name()),
                orEmpty(table.description()),
                orEmpty(table.producer()),
                orEmpty(table.licence()),
                labels,
                preprocessing,
                properties);
    }

    private static Preprocessing preprocessing(PreprocessingDef table) {
        float[] mean = new float[table.meanLength()];
        float[] scale = new float[table.scaleLength()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = table.mean(i);
            scale[i] = table.scale(i);
        }
        return new Preprocessing(table.input(), mean, scale);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
