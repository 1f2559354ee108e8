/**
 * Source of {@code min(max(x, lo), hi)}. Comparing and blending is cheaper than the vector minimum and maximum with Java's
 * meaning and equal to it where lo is not −0 and hi is not −0; NaN passes. The bounds are vectors made beforehand: methods of the Vector API that take
 * a number call others by a profile that vectors of all widths share.
 */
final class Clamp {
    /** Makes the bounds. */
    static void writeBounds(SourceText out) {
        out.line("FloatVector low = FloatVector.broadcast(S, lo);");
        out.line("FloatVector high = FloatVector.broadcast(S, hi);");
    }

    static void write(SourceText out, String x) {
        out.line("%s = %s.blend(low, %s.compare(VectorOperators.LE, low));", x, x, x);
        out.line("%s = %s.blend(high, %s.compare(VectorOperators.GT, high));", x, x, x);
    }
}
