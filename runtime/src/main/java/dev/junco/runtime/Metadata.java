package dev.junco.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model file says about itself. Immutable.
 *
 * @param name the model's name, may be empty
 * @param description one or a few sentences, may be empty
 * @param producer program and version that wrote the file
 * @param licence licence of the weights, may be empty
 * @param labels names of the classes in the order of the output's last axis, may be empty
 * @param preprocessing what to do with raw values before they enter an input
 * @param properties anything else by key, sorted: training provenance ({@code training.…}), signatures that hold for their own batch size only
 *     ({@code batch.fixed.…}), accuracy evidence written by the converter
 *     ({@code evidence.…})
 */
public record Metadata(
        String name,
        String description,
        String producer,
        String licence,
        List<String> labels,
        List<Preprocessing> preprocessing,
        Map<String, String> properties) {

    /** Nothing said. */
    public static final Metadata EMPTY = new Metadata("", "", "", "", List.of(), List.of(), Map.of());

    public Metadata {
        labels = Collections.unmodifiableList(new ArrayList<>(labels));
        preprocessing = Collections.unmodifiableList(new ArrayList<>(preprocessing));
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** The same under another name. */
    public Metadata withName(String other) {
        return new Metadata(other, description, producer, licence, labels, preprocessing, properties);
    }

    /** The same with another producer. */
    public Metadata withProducer(String other) {
        return new Metadata(name, description, other, licence, labels, preprocessing, properties);
    }

    /** The same with other class names. */
    public Metadata withLabels(List<String> other) {
        return new Metadata(name, description, producer, licence, other, preprocessing, properties);
    }

    /** The same with other preprocessing. */
    public Metadata withPreprocessing(List<Preprocessing> other) {
        return new Metadata(name, description, producer, licence, labels, other, properties);
    }

    /** The same with more properties; an equal key is replaced. */
    public Metadata withProperties(Map<String, String> more) {
        Map<String, String> merged = new TreeMap<>(properties);
        merged.putAll(more);
        return new Metadata(name, description, producer, licence, labels, preprocessing, merged);
    }
}
