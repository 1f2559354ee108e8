package dev.junco.trainer;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.trainer.regularizer.L2;
import dev.junco.trainer.regularizer.Regularizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a network's layers and penalties stand in the properties of its file. */
final class NetworkProperties {
    private static final String LAYER = "network.layer.";
    private static final String PENALTY = "network.l2.";
    private static final String MOMENTUM = "network.momentum.";

    private NetworkProperties() {}

    static Metadata describe(Network network) {
        List<LayerInfo> layers = network.layers();
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerInfo layer = layers.get(i);
            properties.put(
                    LAYER + String.format(Locale.ROOT, "%04d", i),
                    layer.name() + "\t" + layer.type() + "\t" + layer.result());
        }
        network.momenta().forEach((layer, share) -> properties.put(MOMENTUM + layer, Float.toString(share)));
        network.regularizers().forEach((weight, regularizer) -> {
            if (regularizer instanceof L2 l2) {
                properties.put(PENALTY + weight, Float.toString(l2.lambda()));
            }
        });
        return network.metadata().withProperties(properties);
    }

    /** The layers as the file tells them; one for each node where it does not, or tells nonsense. */
    static List<LayerInfo> layers(Graph graph, Metadata metadata) {
        List<LayerInfo> layers = new ArrayList<>();
        for (Map.Entry<String, String> property : metadata.properties().entrySet()) {
            String[] parts = property.getValue().split("\t");
            if (property.getKey().startsWith(LAYER) && parts.length == 3 && graph.value(parts[2]) != null) {
                layers.add(new LayerInfo(parts[0], parts[1], parts[2]));
            }
        }
        if (!layers.isEmpty()) {
            return layers;
        }
        for (Node node : graph.nodes()) {
            String type = OperatorCatalog.standard().name(node.attributes());
            layers.add(new LayerInfo(node.name(), type, node.output().name()));
        }
        return layers;
    }

    static Map<String, Regularizer> regularizers(Metadata metadata) {
        Map<String, Regularizer> regularizers = new HashMap<>();
        numbers(metadata, PENALTY).forEach((weight, lambda) -> regularizers.put(weight, new L2(lambda)));
        return regularizers;
    }

    static Map<String, Float> momenta(Metadata metadata) {
        return numbers(metadata, MOMENTUM);
    }

    private static Map<String, Float> numbers(Metadata metadata, String prefix) {
        Map<String, Float> numbers = new HashMap<>();
        metadata.properties().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                numbers.put(key.substring(prefix.length()), number(key, value));
            }
        });
        return numbers;
    }

    private static float number(String key, String value) {
        try {
            float number = Float.parseFloat(value);
            if (number >= 0 && number < Float.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below says it.
        }
        throw new ModelFormatException("property " + key + " is '" + value + "', expected a number >= 0");
    }
}
