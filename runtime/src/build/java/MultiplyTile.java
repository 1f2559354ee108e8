/**
 * Source of a tile of {@code C = clamp(init + A·B)}: rows × vectors accumulators with a name each (an array of them would
 * live on the heap), one loop over the depth, one epilogue. More than about 1950 bytecodes or 125 vector calls and C1
 * refuses the method for ever; less than 325 bytecodes and C2 inlines it into callers where its own inlining stops half-way.
 */
record MultiplyTile(String name, TileShapes shapes, int rows, int vectors) {
    void write(SourceText out) {
        head(out, "float lo, float hi");
        boolean clampInRegisters = rows * vectors <= 8;
        if (clampInRegisters) {
            Clamp.writeBounds(out);
        }
        startChains(out);
        loop(out);
        // −0 changes no sum, but what comes out has a class that C2 knows whatever the profile says; a store of what
        // the loop carried may otherwise stay a call, with all accumulators as objects. Not made before the loop, where
        // it would take a register, and in one JVM start of five an accumulator would lie in memory.
        out.line("FloatVector nothing = FloatVector.broadcast(S, -0f);");
        if (clampInRegisters) {
            clampAccumulators(out);
        }
        store(out);
        if (!clampInRegisters) {
            clampStored(out);
        }
        out.line("}");
    }

    /**
     * The same for integers, with the results of a {@code SingleRounding} made in the accumulators: written out, because C2 spills what a method for each of them is
     * given. With more than 16 accumulators C1 refuses it.
     */
    void writeRescaled(SourceText out) {
        head(out, "SingleRounding rounding, int channel");
        startChains(out);
        loop(out);
        for (int j = 0; j < vectors; j++) {
            for (String constant : new String[] {"factor", "start", "centre", "magic"}) {
                String at = "channel" + plus(j);
                out.line("FloatVector %s%d = FloatVector.fromArray(S, rounding.%ss(), %s);", constant, j, constant, at);
            }
            for (String bound : new String[] {"low", "high"}) {
                out.line(
                        "IntVector %s%d = FloatVector.fromArray(S, rounding.%ss(), channel%s)",
                        bound, j, bound, plus(j));
                out.line("        .reinterpretAsInts();");
            }
        }
        for (int i = 0; i < rows; i++) {
            out.line("int o%d = cOffset + r%d * cStride;", i, i);
        }
        for (int j = 0; j < vectors; j++) {
            for (int i = 0; i < rows; i++) {
                out.line("centre%d.add(factor%d.fma(c%d_%d, start%d)).reinterpretAsInts()", j, j, i, j, j);
                out.line("        .lanewise(VectorOperators.MAX, low%d).lanewise(VectorOperators.MIN, high%d)", j, j);
                out.line("        .reinterpretAsFloats().lanewise(VectorOperators.SUB, magic%d)", j);
                out.line("        .intoArray(c, o%d%s);", i, plus(j));
            }
        }
        out.line("}");
    }

    private void head(SourceText out, String end) {
        out.line("").line("@Override").line("public void %s(", name);
        out.line("        float[] a, int base, int[] rows, int row, int last, int[] segments, int segmentLength,");
        out.line("        float[] b, int bOffset, float[] init, int initOffset, int initStride,");
        out.line("        float[] c, int cOffset, int cStride, %s) {", end);
        out.line("if (row > last) {").line("return;").line("}");
    }

    private void startChains(SourceText out) {
        for (int i = 0; i < rows; i++) {
            out.line("int r%d = %s;", i, i == 0 ? "row" : "Math.min(row + " + i + ", last)");
            out.line("int i%d = initOffset + r%d * initStride;", i, i);
            for (int j = 0; j < vectors; j++) {
                out.line("FloatVector c%d_%d = FloatVector.fromArray(S, init, i%d%s);", i, j, i, plus(j));
            }
            out.line("int a%d = base + rows[r%d];", i, i);
        }
    }

    private void loop(SourceText out) {
        int width = vectors * shapes.lanes();
        out.line("for (int s = 0; s < segments.length; s++) {");
        out.line("int begin = segments[s];");
        out.line("int end = begin + segmentLength;");
        out.line("int shift = bOffset + (s * segmentLength - begin) * %d;", width);
        out.line("for (int q = begin; q < end; q++) {");
        out.line("int bi = shift + q * %d;", width);
        for (int j = 0; j < vectors; j++) {
            out.line("FloatVector b%d = FloatVector.fromArray(S, b, bi%s);", j, plus(j));
        }
        for (int i = 0; i < rows; i++) {
            out.line("%sv = FloatVector.broadcast(S, a[a%d + q]);", i == 0 ? "FloatVector " : "", i);
            for (int j = 0; j < vectors; j++) {
                out.line("c%d_%d = v.fma(b%d, c%d_%d);", i, j, j, i, j);
            }
        }
        out.line("}").line("}");
    }

    private void clampAccumulators(SourceText out) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < vectors; j++) {
                out.line("c%d_%d = nothing.add(c%d_%d);", i, j, i, j);
                Clamp.write(out, "c" + i + "_" + j);
            }
        }
    }

    private void store(SourceText out) {
        for (int i = 0; i < rows; i++) {
            out.line("int o%d = cOffset + r%d * cStride;", i, i);
            for (int j = 0; j < vectors; j++) {
                String sum = rows * vectors <= 8 ? "c" + i + "_" + j : "nothing.add(c" + i + "_" + j + ")";
                out.line("%s.intoArray(c, o%d%s);", sum, i, plus(j));
            }
        }
    }

    /** After they are stored, because in registers it would be four vector calls an accumulator. */
    private void clampStored(SourceText out) {
        out.line("if (lo > Float.NEGATIVE_INFINITY || hi < Float.POSITIVE_INFINITY) {");
        out.line("clamp%d(c, cOffset, cStride, row, Math.min(row + %d, last), lo, hi);", vectors, rows - 1);
        out.line("}");
    }

    /** The method that bounds stored rows of so many vectors: of its own, so that C2 knows the class of each vector. */
    static void writeClamp(SourceText out, int vectors, int lanes) {
        out.line("").line("private static void clamp%d(", vectors);
        out.line("        float[] c, int cOffset, int cStride, int row, int last, float lo, float hi) {");
        out.line("if (row > last) {").line("return;").line("}");
        Clamp.writeBounds(out);
        out.line("for (int i = row; i <= last; i++) {");
        out.line("int o = cOffset + i * cStride;");
        for (int j = 0; j < vectors; j++) {
            String at = j == 0 ? "o" : "o + " + j * lanes;
            out.line("FloatVector x%d = FloatVector.fromArray(S, c, %s);", j, at);
            Clamp.write(out, "x" + j);
            out.line("x%d.intoArray(c, %s);", j, at);
        }
        out.line("}").line("}");
    }

    private String plus(int vector) {
        return vector == 0 ? "" : " + " + vector * shapes.lanes();
    }
}
