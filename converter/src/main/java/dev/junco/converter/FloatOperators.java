package dev.junco.converter;

import dev.junco.converter.quantize.Int8Quantizer;
import dev.junco.runtime.DType;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What an int8 model still computes in float32. */
final class FloatOperators {
    private FloatOperators() {}

    /** The operators' names in the order of their first node, each with the reason. */
    static Map<String, String> of(Model model) {
        OperatorCatalog catalog = model.operators().catalog();
        Map<String, String> found = new LinkedHashMap<>();
        for (Graph graph : model.content().signatures()) {
            for (Node node : graph.nodes()) {
                boolean changesType = node.attributes() instanceof QuantizeAttributes
                        || node.attributes() instanceof DequantizeAttributes;
                boolean real = Stream.concat(node.inputs().stream(), node.outputs().stream())
                        .map(Value::type)
                        .anyMatch(type -> type == DType.FLOAT32);
                if (real && !changesType) {
                    found.putIfAbsent(catalog.name(node.attributes()), Int8Quantizer.reason(node));
                }
            }
        }
        return found;
    }
}
