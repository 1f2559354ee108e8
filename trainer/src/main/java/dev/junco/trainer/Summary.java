package dev.junco.trainer;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.trainer.report.TextTable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The table that describes a network. */
final class Summary {
    private Summary() {}

    static String of(Network network) {
        TextTable table = new TextTable()
                .column("Layer (type)", TextTable.Align.LEFT)
                .column("Output shape", TextTable.Align.LEFT)
                .column("Param #", TextTable.Align.RIGHT);
        Set<String> counted = new HashSet<>();
        for (LayerInfo layer : network.layers()) {
            Value result = network.graph().value(layer.result());
            table.row(
                    layer.name() + " (" + layer.type() + ")",
                    shape(result.shape()),
                    grouped(parameters(network, layer, counted)));
        }
        long total = network.parameterCount();
        long trainable = network.trainableCount();
        return "Network: \"" + network.metadata().name() + "\"\n"
                + table
                + "Total params: " + grouped(total) + " (" + bytes(4 * total) + ")\n"
                + "Trainable params: " + grouped(trainable) + " (" + bytes(4 * trainable) + ")\n"
                + "Non-trainable params: " + grouped(total - trainable) + " (" + bytes(4 * (total - trainable)) + ")\n";
    }

    private static long parameters(Network network, LayerInfo layer, Set<String> counted) {
        long count = 0;
        for (Value value : network.graph().values()) {
            boolean weight = value.role() == Role.PARAMETER || value.role() == Role.CONSTANT;
            boolean own = value.name().startsWith(layer.name() + "/");
            if (weight && own && counted.add(value.name())) {
                count += value.shape().elements();
            }
        }
        return count;
    }

    /** The shape with the batch left open, as in {@code (batch, 28, 28, 1)}. */
    private static String shape(Shape shape) {
        StringBuilder text = new StringBuilder("(batch");
        for (int axis = 1; axis < shape.rank(); axis++) {
            text.append(", ").append(shape.dim(axis));
        }
        return text.append(')').toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String bytes(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
    }
}
