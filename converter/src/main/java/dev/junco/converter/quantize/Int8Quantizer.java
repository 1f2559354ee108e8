package dev.junco.converter.quantize;

import dev.junco.converter.RangeMethod;
import dev.junco.converter.Samples;
import dev.junco.converter.pass.Pipeline;
import dev.junco.converter.pass.RemoveDeadNodes;
import dev.junco.converter.pass.ShareConstants;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Static int8 quantisation after the TensorFlow Lite 8-bit specification (<a
 * href="https://ai.google.dev/edge/litert/conversion/tensorflow/quantization/quantization_spec">quantization_spec</a>): symmetric weights with a
 * scale for each unit, int32 biases, activations with one scale and zero point. Ranges come from running the float graph on calibration samples.
 *
 * @param method how ranges are chosen
 * @param int8Io whether the model's inputs and outputs become int8
 * @param threads threads that run the calibration
 * @param maker makes the model of a graph, to run it
 */
public record Int8Quantizer(RangeMethod method, boolean int8Io, int threads, Function<Graph, Model> maker) {
    /** A quantiser of graphs without custom operators. */
    public Int8Quantizer(RangeMethod method, boolean int8Io, int threads) {
        this(method, int8Io, threads, graph -> Model.of(graph, Metadata.EMPTY));
    }

    /** Why a node of a finished graph computes in float32; a sentence without a dot. */
    public static String reason(Node node) {
        String reason = Int8Rules.of(node).reason();
        return reason == null ? "no layer beside it runs in int8, or no scales suit it" : reason;
    }

    /**
     * The int8 graph of a simplified float graph. Operators without int8 arithmetic stay in float between Dequantize and Quantize nodes.
     *
     * @param indices the samples to calibrate with
     */
    public Graph apply(Graph simplified, Samples samples, int[] indices) {
        Graph graph = Pipeline.forInt8().apply(simplified).graph();
        List<Node> unfit = new ArrayList<>();
        Int8Nodes nodes = new Int8Nodes(graph, unfit);
        if (nodes.size() == 0) {
            return simplified;
        }
        Calibration calibration = Calibration.of(maker, graph, nodes.values(), samples, indices, method, threads);
        while (nodes.size() > 0) {
            ActivationScales scales = new ActivationScales(graph, nodes, calibration);
            try {
                Graph quantized = new Int8Rewrite(graph, nodes, scales, int8Io).apply();
                return new Pipeline(List.of(new ShareConstants(), new RemoveDeadNodes()))
                        .apply(quantized)
                        .graph();
            } catch (Int8Rewrite.Unfit e) {
                unfit.add(e.node());
                nodes = new Int8Nodes(graph, unfit);
            }
        }
        return simplified;
    }
}
