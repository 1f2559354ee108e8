package dev.junco.runtime.format;

import dev.junco.runtime.graph.attributes.AttentionAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.RotaryEmbeddingAttributes;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;

/** The options of layers, operators that have weights when they are trained, written to the slots of their tables. */
final class LayerOptions {
    private LayerOptions() {}

    static void write(TableBuilder t, FullyConnectedAttributes a) {
        t.code(0, a.activation());
    }

    static void write(TableBuilder t, Conv2DAttributes a) {
        t.int32(0, a.strideH(), 1)
                .int32(1, a.strideW(), 1)
                .int32(2, a.dilationH(), 1)
                .int32(3, a.dilationW(), 1)
                .padding(4, a.padding())
                .int32(5, a.groups(), 1)
                .code(6, a.activation());
    }

    static void write(TableBuilder t, DepthwiseConv2DAttributes a) {
        t.int32(0, a.strideH(), 1)
                .int32(1, a.strideW(), 1)
                .int32(2, a.dilationH(), 1)
                .int32(3, a.dilationW(), 1)
                .padding(4, a.padding())
                .code(5, a.activation());
    }

    static void write(TableBuilder t, TransposeConv2DAttributes a) {
        t.int32(0, a.strideH(), 1)
                .int32(1, a.strideW(), 1)
                .int32(2, a.dilationH(), 1)
                .int32(3, a.dilationW(), 1)
                .int32(4, a.top(), 0)
                .int32(5, a.left(), 0)
                .int32(6, a.height(), 1)
                .int32(7, a.width(), 1)
                .int32(8, a.groups(), 1)
                .code(9, a.activation());
    }

    static void write(TableBuilder t, LstmAttributes a) {
        t.bool(0, a.goBackwards())
                .bool(1, a.returnSequences())
                .bool(2, a.peepholes())
                .bool(3, a.projection())
                .bool(4, a.coupled())
                .float32(5, a.cellClip(), 0)
                .float32(6, a.projectionClip(), 0)
                .function(7, a.gate())
                .function(8, a.candidate())
                .function(9, a.output())
                .float32(10, a.hiddenScale(), 0)
                .int32(11, a.hiddenZeroPoint(), 0)
                .float32(12, a.normalization().epsilon(), 0);
        float[] scales = a.normalization().scales();
        for (int gate = 0; gate < scales.length; gate++) {
            t.float32(13 + gate, scales[gate], 0);
        }
    }

    static void write(TableBuilder t, GruAttributes a) {
        t.bool(0, a.goBackwards())
                .bool(1, a.returnSequences())
                .bool(2, a.resetAfter())
                .function(3, a.gate())
                .function(4, a.candidate());
    }

    static void write(TableBuilder t, SimpleRnnAttributes a) {
        t.bool(0, a.goBackwards()).bool(1, a.returnSequences()).function(2, a.function());
    }

    static void write(TableBuilder t, SvdfAttributes a) {
        t.int32(0, a.rank(), 1).code(1, a.activation());
    }

    static void write(TableBuilder t, BatchNormAttributes a) {
        t.float32(0, a.epsilon(), 0);
    }

    static void write(TableBuilder t, NormalizationAttributes a) {
        t.code(0, a.kind()).int32(1, a.axis(), 0).int32(2, a.groups(), 1).float32(3, a.epsilon(), 0);
    }

    static void write(TableBuilder t, AttentionAttributes a) {
        t.float32(0, a.scale(), 0).bool(1, a.causal());
    }

    static void write(TableBuilder t, RotaryEmbeddingAttributes a) {
        t.int32(0, a.dims(), 0).bool(1, a.interleaved());
    }

    static void write(TableBuilder t, MatMulAttributes a) {
        t.bool(0, a.transposeA()).bool(1, a.transposeB()).code(2, a.activation());
    }

    static void write(TableBuilder t, DropoutAttributes a) {
        t.float32(0, a.rate(), 0);
    }
}
