package dev.junco.runtime.format;

import dev.junco.runtime.format.fb.ConcatOptions;
import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.format.fb.PadOptions;
import dev.junco.runtime.format.fb.ReshapeOptions;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.ArrayList;
import java.util.List;

/** Options of operators that move elements without computing. */
final class LayoutOptions {
    private LayoutOptions() {}

    static int write(FlatBufferBuilder builder, ConcatAttributes a) {
        return ConcatOptions.createConcatOptions(builder, a.axis());
    }

    static Attributes concat(OperatorDef operator) {
        ConcatOptions o = (ConcatOptions) operator.options(new ConcatOptions());
        return new ConcatAttributes(o.axis());
    }

    static int write(FlatBufferBuilder builder, PadAttributes a) {
        int before = a.before().isEmpty() ? 0 : PadOptions.createBeforeVector(builder, ints(a.before()));
        int after = a.after().isEmpty() ? 0 : PadOptions.createAfterVector(builder, ints(a.after()));
        return PadOptions.createPadOptions(builder, before, after, a.value());
    }

    static Attributes pad(OperatorDef operator) {
        PadOptions o = (PadOptions) operator.options(new PadOptions());
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < o.beforeLength(); i++) {
            before.add(o.before(i));
        }
        List<Integer> after = new ArrayList<>();
        for (int i = 0; i < o.afterLength(); i++) {
            after.add(o.after(i));
        }
        return new PadAttributes(before, after, o.value());
    }

    static int write(FlatBufferBuilder builder, ReshapeAttributes a) {
        int dims = a.dims().isEmpty() ? 0 : ReshapeOptions.createDimsVector(builder, ints(a.dims()));
        return ReshapeOptions.createReshapeOptions(builder, dims);
    }

    static Attributes reshape(OperatorDef operator) {
        ReshapeOptions o = (ReshapeOptions) operator.options(new ReshapeOptions());
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < o.dimsLength(); i++) {
            dims.add(o.dims(i));
        }
        return new ReshapeAttributes(dims);
    }

    private static int[] ints(List<Integer> list) {
        int[] ints = new int[list.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = list.get(i);
        }
        return ints;
    }
}
