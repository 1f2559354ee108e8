import java.util.List;

/**
 * Source of {@code DepthwiseLines…}: lines of outputs of a depthwise convolution under nine, six or four cells of its filter, whose weights stay in registers. Each
 * comes with the two ends that a sum can have: bounds for float32, a rescaling for int8.
 */
final class DepthwiseLinesSource {
    private final SourceText out = new SourceText();
    private final int bits;

    private DepthwiseLinesSource(int bits) {
        this.bits = bits;
    }

    static String className(int bits) {
        return "DepthwiseLines" + bits;
    }

    static String of(int bits) {
        DepthwiseLinesSource source = new DepthwiseLinesSource(bits);
        source.write();
        return source.out.toString();
    }

    private void write() {
        out.line("package dev.junco.runtime.vector;").line("");
        out.line("import dev.junco.runtime.kernel.DepthwiseGeometry;");
        out.line("import dev.junco.runtime.kernel.SingleRounding;");
        out.line("import jdk.incubator.vector.FloatVector;");
        out.line("import jdk.incubator.vector.IntVector;");
        out.line("import jdk.incubator.vector.VectorOperators;");
        out.line("import jdk.incubator.vector.VectorSpecies;").line("");
        out.line("/** Generated: lines of outputs of depthwise convolutions on %d-bit vectors. */", bits);
        out.line("final class %s {", className(bits));
        out.line("private static final VectorSpecies<Float> S = FloatVector.SPECIES_%d;", bits)
                .line("");
        out.line("private %s() {}", className(bits));
        for (boolean rescaled : new boolean[] {false, true}) {
            nine(rescaled);
            lines("single", 9, rescaled);
            pairs(rescaled);
            lines("six", 6, rescaled);
            lines("four", 4, rescaled);
        }
        out.line("}");
    }

    private void lines(String name, int cells, boolean rescaled) {
        signature(name, "", rescaled);
        List<String> inputs = cells == 9 ? threeByThree(out) : cellsOfAPart(out, cells);
        constants(rescaled);
        loops();
        if (cells == 9) {
            out.line("int middle = top + down;");
            out.line("int bottom = middle + down;");
        }
        for (int c = 0; c < cells; c++) {
            String x = "FloatVector.fromArray(S, x, " + inputs.get(c) + ")";
            if (c > 0) {
                out.line("sum = %s.fma(w%d, sum);", x, c);
            } else {
                out.line("FloatVector sum = %s;", rescaled ? x + ".mul(w0)" : x + ".fma(w0, start)");
            }
        }
        store("sum", "to + i * yStep", rescaled);
        out.line("}").line("}").line("}");
    }

    /** Pairs of outputs where their windows lie a row apart, along lines or from line to line, and what is left. */
    private void nine(boolean rescaled) {
        String end = rescaled ? "rounding, channel);" : "bias, biasOffset, lo, hi);";
        head("nine", "", rescaled);
        out.line("int down = g.dilationH() * g.inputWidth() * g.channels();");
        out.line("int restLines = lines;");
        out.line("int rest = n;");
        out.line("if (xLine == down) {").line("restLines = lines %% 2;");
        out.line("pairs(g, lines / 2, 2 * xLine, 2 * yLine, n, xStep, yStep, yLine, x, in, w, filter, y, out,");
        out.line("        " + end);
        out.line("} else if (xStep == down) {").line("rest = n %% 2;");
        out.line("pairs(g, lines, xLine, yLine, n / 2, 2 * xStep, 2 * yStep, yStep, x, in, w, filter, y, out,");
        out.line("        " + end);
        out.line("}").line("if (restLines > 0 && (rest > 0 || n == 0)) {");
        out.line("int done = (lines - restLines) * xLine + (n - rest) * xStep;");
        out.line("int made = (lines - restLines) * yLine + (n - rest) * yStep;");
        out.line("single(g, restLines, xLine, yLine, rest, xStep, yStep, x, in + done, w, filter, y, out + made,");
        out.line("        " + end);
        out.line("}").line("}");
    }

    /** Two outputs one above the other, the windows a row apart: two of three rows are loaded once for both. */
    private void pairs(boolean rescaled) {
        signature("pairs", ", int yPair", rescaled);
        threeByThree(out);
        constants(rescaled);
        loops();
        for (int row = 0; row < 4; row++) {
            if (row > 0) {
                out.line("int row%d = %s + down;", row, row == 1 ? "top" : "row" + (row - 1));
            }
            for (int column = 0; column < 3; column++) {
                String at = (row == 0 ? "top" : "row" + row) + new String[] {"", " + step", " + 2 * step"}[column];
                out.line("FloatVector x%d%d = FloatVector.fromArray(S, x, %s);", row, column, at);
                if (row < 3) {
                    add("upper", row, column, row * 3 + column, rescaled);
                }
                if (row > 0) {
                    add("lower", row, column, row * 3 - 3 + column, rescaled);
                }
            }
        }
        store("upper", "to + i * yStep", rescaled);
        store("lower", "to + i * yStep + yPair", rescaled);
        out.line("}").line("}").line("}");
    }

    private void add(String sum, int row, int column, int cell, boolean rescaled) {
        if (cell > 0) {
            out.line("%s = x%d%d.fma(w%d, %s);", sum, row, column, cell, sum);
        } else {
            out.line("FloatVector %s = x%d%d%s;", sum, row, column, rescaled ? ".mul(w0)" : ".fma(w0, start)");
        }
    }

    private void signature(String name, String more, boolean rescaled) {
        head(name, more, rescaled);
        out.line("if (g.outputWidth() == 0) {")
                .line("return; // the warm-up asks for nothing, many times")
                .line("}");
    }

    private void head(String name, String more, boolean rescaled) {
        out.line("").line("static void %s(", name);
        out.line("        DepthwiseGeometry g, int lines, int xLine, int yLine, int n, int xStep, int yStep%s,", more);
        out.line("        float[] x, int in, float[] w, int filter, float[] y, int out,");
        out.line(
                rescaled
                        ? "        SingleRounding rounding, int channel) {"
                        : "        float[] bias, int biasOffset, float lo, float hi) {");
    }

    private void constants(boolean rescaled) {
        if (rescaled) {
            rescalingConstants();
        } else {
            Clamp.writeBounds(out);
            out.line("FloatVector start = FloatVector.fromArray(S, bias, biasOffset);");
        }
    }

    private void loops() {
        out.line("for (int line = 0; line < lines; line++) {");
        out.line("int from = in + line * xLine;");
        out.line("int to = out + line * yLine;");
        out.line("for (int i = 0; i < n; i++) {");
        out.line("int top = from + i * xStep;");
    }

    private void store(String sum, String at, boolean rescaled) {
        if (rescaled) {
            storeRescaled(sum, at);
        } else {
            Clamp.write(out, sum);
            out.line("%s.intoArray(y, %s);", sum, at);
        }
    }

    /** Of the channels from {@code channel} on. Bounds are bounds of integers, in the bits of floats from 2²³ on. */
    private void rescalingConstants() {
        out.line("FloatVector factor = FloatVector.fromArray(S, rounding.factors(), channel);");
        out.line("FloatVector start = FloatVector.fromArray(S, rounding.starts(), channel);");
        out.line("FloatVector centre = FloatVector.fromArray(S, rounding.centres(), channel);");
        out.line("FloatVector magic = FloatVector.fromArray(S, rounding.magics(), channel);");
        out.line("IntVector low = FloatVector.fromArray(S, rounding.lows(), channel).reinterpretAsInts();");
        out.line("IntVector high = FloatVector.fromArray(S, rounding.highs(), channel).reinterpretAsInts();");
    }

    /** The line of a {@code SingleRounding}. */
    private void storeRescaled(String sum, String at) {
        out.line("%s.lanewise(VectorOperators.FMA, factor, start)", sum);
        out.line("        .lanewise(VectorOperators.ADD, centre).reinterpretAsInts()");
        out.line("        .lanewise(VectorOperators.MAX, low).lanewise(VectorOperators.MIN, high)");
        out.line("        .reinterpretAsFloats().lanewise(VectorOperators.SUB, magic).intoArray(y, %s);", at);
    }

    private static List<String> threeByThree(SourceText out) {
        out.line("int channels = g.channels();");
        out.line("int down = g.dilationH() * g.inputWidth() * channels;");
        out.line("int step = g.dilationW() * channels;");
        for (int c = 0; c < 9; c++) {
            out.line(
                    "FloatVector w%d = FloatVector.fromArray(S, w, filter + (%d * g.filterWidth() + %d) * channels);",
                    c, c / 3, c % 3);
        }
        return List.of(
                "top",
                "top + step",
                "top + 2 * step",
                "middle",
                "middle + step",
                "middle + 2 * step",
                "bottom",
                "bottom + step",
                "bottom + 2 * step");
    }

    /** Some rows or columns of a filter: the border of a padded image. */
    private static List<String> cellsOfAPart(SourceText out, int cells) {
        out.line("int channels = g.channels();");
        out.line("int width = g.kernelWidth();");
        out.line("int down = g.dilationH() * g.inputWidth() * channels;");
        out.line("int step = g.dilationW() * channels;");
        for (int c = 0; c < cells; c++) {
            out.line("int p%d = %d / width * down + %d %% width * step;", c, c, c);
            out.line(
                    "FloatVector w%d = FloatVector.fromArray(S, w, filter + (%d / width * g.filterWidth() + %d %%"
                            + " width) * channels);",
                    c, c, c);
        }
        return List.of("top + p0", "top + p1", "top + p2", "top + p3", "top + p4", "top + p5")
                .subList(0, cells);
    }
}
