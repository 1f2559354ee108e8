/**
 * Source of the tile of one row and several panels, for a batch of one. Panels past the last one are the last one again: they
 * compute and store the same values twice.
 */
final class RowTile {
    static void write(TileShapes shapes, SourceText out) {
        int panels = shapes.rowPanels();
        int vectors = shapes.panelVectors();
        out.line("").line("@Override").line("public void multiplyRow(");
        out.line("        float[] a, int aRow, int[] segments, int segmentLength, float[] b, int bOffset, int"
                + " panelLength,");
        out.line("        int lastPanel, float[] init, int initOffset, float[] c, int cOffset, float lo, float hi) {");
        out.line("if (lastPanel < 0) {").line("return;").line("}");
        out.line("FloatVector nothing = FloatVector.broadcast(S, -0f);"); // see MultiplyTile
        Clamp.writeBounds(out);
        for (int p = 0; p < panels; p++) {
            out.line("int p%d = %s;", p, p == 0 ? "0" : "Math.min(" + p + ", lastPanel)");
            for (int j = 0; j < vectors; j++) {
                out.line(
                        "FloatVector c%d_%d = FloatVector.fromArray(S, init, initOffset + p%d * %d%s);",
                        p, j, p, shapes.panelWidth(), plus(shapes, j));
            }
            out.line("int b%d = bOffset + p%d * panelLength;", p, p);
        }
        out.line("for (int s = 0; s < segments.length; s++) {");
        out.line("int begin = segments[s];");
        out.line("int end = begin + segmentLength;");
        out.line("int shift = (s * segmentLength - begin) * %d;", shapes.panelWidth());
        out.line("for (int q = begin; q < end; q++) {");
        out.line("int bi = shift + q * %d;", shapes.panelWidth());
        out.line("FloatVector v = FloatVector.broadcast(S, a[aRow + q]);");
        for (int p = 0; p < panels; p++) {
            for (int j = 0; j < vectors; j++) {
                out.line(
                        "c%d_%d = v.fma(FloatVector.fromArray(S, b, b%d + bi%s), c%d_%d);",
                        p, j, p, plus(shapes, j), p, j);
            }
        }
        out.line("}").line("}");
        for (int p = 0; p < panels; p++) {
            for (int j = 0; j < vectors; j++) {
                out.line("c%d_%d = nothing.add(c%d_%d);", p, j, p, j);
                Clamp.write(out, "c" + p + "_" + j);
                out.line("c%d_%d.intoArray(c, cOffset + p%d * %d%s);", p, j, p, shapes.panelWidth(), plus(shapes, j));
            }
        }
        out.line("}");
    }

    private static String plus(TileShapes shapes, int vector) {
        return vector == 0 ? "" : " + " + vector * shapes.lanes();
    }
}
