/**
 * Source of a tile of {@code C += Aᵀ·B}: like {@link MultiplyTile}, but the depth runs down the rows of A, and B is not
 * packed.
 *
 * @param contiguous whether the tile's columns of A lie side by side and all exist, so that one index serves them all
 */
record TransposedTile(String name, TileShapes shapes, int rows, int vectors, boolean contiguous) {
    void write(SourceText out) {
        out.line("").line("@Override").line("public void %s(", name);
        out.line("        float[] a, int base, int[] rows, int fromDepth, int toDepth, int[] segments, int"
                + " segmentLength,");
        out.line("        int row, int last, float[] b, int bOffset, int bStride,");
        out.line("        float[] c, int cOffset, int cStride) {");
        out.line("if (row > last) {").line("return;").line("}");
        for (int i = 0; i < rows; i++) {
            out.line(
                    "int r%d = %s;", i, i == 0 ? "row" : contiguous ? "row + " + i : "Math.min(row + " + i + ", last)");
            if (i == 0 || !contiguous) {
                out.line("int a%d = base + segments[r%d / segmentLength] + r%d %% segmentLength;", i, i, i);
            }
            out.line("int o%d = cOffset + r%d * cStride;", i, i);
            for (int j = 0; j < vectors; j++) {
                out.line("FloatVector c%d_%d = FloatVector.fromArray(S, c, o%d%s);", i, j, i, plus(j));
            }
        }
        loop(out);
        out.line("FloatVector nothing = FloatVector.broadcast(S, -0f);"); // see MultiplyTile
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < vectors; j++) {
                out.line("nothing.add(c%d_%d).intoArray(c, o%d%s);", i, j, i, plus(j));
            }
        }
        out.line("}");
    }

    private void loop(SourceText out) {
        out.line("for (int p = fromDepth; p < toDepth; p++) {");
        out.line("int bi = bOffset + p * bStride;");
        for (int j = 0; j < vectors; j++) {
            out.line("FloatVector b%d = FloatVector.fromArray(S, b, bi%s);", j, plus(j));
        }
        // the load keeps the index later than B's; otherwise C2 hoists the broadcasts and spills accumulators
        out.line("int at = %srows[p];", contiguous ? "a0 + " : "");
        for (int i = 0; i < rows; i++) {
            String index = contiguous ? "at + " + i : "at + a" + i;
            out.line("%sv = FloatVector.broadcast(S, a[%s]);", i == 0 ? "FloatVector " : "", index);
            for (int j = 0; j < vectors; j++) {
                out.line("c%d_%d = v.fma(b%d, c%d_%d);", i, j, j, i, j);
            }
        }
        out.line("}");
    }

    private String plus(int vector) {
        return vector == 0 ? "" : " + " + vector * shapes.lanes();
    }
}
