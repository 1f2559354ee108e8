/**
 * Source of {@code min(max(x, lo), hi)}. Comparing and blending is cheaper than the vector minimum and maximum with Java's
 * meaning and equal to it where lo is not −0 and hi is not −0; NaN passes.
 */
final class Clamp {
    static void write(SourceText out, String x) {
        out.line("%s = %s.blend(lo, %s.compare(VectorOperators.LE, lo));", x, x, x);
        out.line("%s = %s.blend(hi, %s.compare(VectorOperators.GT, hi));", x, x, x);
    }
}
