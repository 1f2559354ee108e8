/** Source of the end of an int8 sum: the line of a {@code SingleRounding}, with its exceptions. Bounds are bounds of integers, in the bits of floats from 2²³ on. */
final class Rescale {
    /** Makes the constants of {@code vectors} vectors of channels from {@code channel} on. */
    static void writeConstants(SourceText out, int vectors, int lanes) {
        for (int j = 0; j < vectors; j++) {
            String at = j == 0 ? "channel" : "channel + " + j * lanes;
            out.line("FloatVector factor%d = FloatVector.fromArray(S, rounding.factors(), %s);", j, at);
            out.line("FloatVector start%d = FloatVector.fromArray(S, rounding.starts(), %s);", j, at);
            out.line("FloatVector exception%d = FloatVector.fromArray(S, rounding.exceptions(), %s);", j, at);
            out.line("FloatVector replacement%d = FloatVector.fromArray(S, rounding.replacements(), %s);", j, at);
        }
        out.line("FloatVector centre = FloatVector.broadcast(S, SingleRounding.MAGIC + rounding.centre());");
        out.line("IntVector lo = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + rounding.rescaling().lo());");
        out.line("IntVector hi = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + rounding.rescaling().hi());");
        out.line("FloatVector magic = FloatVector.broadcast(S, SingleRounding.MAGIC);");
    }

    /** Stores the result of {@code sum}, of the {@code j}-th vector of channels. */
    static void write(SourceText out, String sum, int j, String target) {
        out.line("%s.blend(replacement%d, %s.compare(VectorOperators.EQ, exception%d))", sum, j, sum, j);
        out.line("        .lanewise(VectorOperators.FMA, factor%d, start%d)", j, j);
        out.line("        .lanewise(VectorOperators.ADD, centre).reinterpretAsInts()");
        out.line("        .lanewise(VectorOperators.MAX, lo).lanewise(VectorOperators.MIN, hi).reinterpretAsFloats()");
        out.line("        .lanewise(VectorOperators.SUB, magic).intoArray(%s);", target);
    }
}
