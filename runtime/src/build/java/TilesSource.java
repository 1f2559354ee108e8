/** Source of one implementation of {@code GemmTiles}: all tiles of one vector width over one constant species. */
final class TilesSource {
    static String of(TileShapes shapes) {
        SourceText out = new SourceText();
        out.line("package dev.junco.runtime.vector;").line("");
        out.line("import dev.junco.runtime.kernel.SingleRounding;");
        out.line("import jdk.incubator.vector.FloatVector;");
        out.line("import jdk.incubator.vector.IntVector;");
        out.line("import jdk.incubator.vector.VectorOperators;");
        out.line("import jdk.incubator.vector.VectorSpecies;").line("");
        out.line("/** Generated: register tiles of %d-bit vectors. */", shapes.bits());
        out.line("final class %s implements GemmTiles {", shapes.className());
        // a species that is not a constant of the method's own class costs a factor of 16
        out.line("private static final VectorSpecies<Float> S = FloatVector.SPECIES_%d;", shapes.bits());
        constant(out, "lanes", shapes.lanes());
        constant(out, "panelVectors", shapes.panelVectors());
        constant(out, "mainRows", shapes.mainRows());
        constant(out, "rescaledRows", shapes.rescaledRows());
        constant(out, "smallRows", shapes.smallRows());
        constant(out, "tailRows", shapes.tailRows());
        constant(out, "rowPanels", shapes.rowPanels());
        out.line("").line("@Override").line("public void idleClamps(float[] none) {");
        out.line("clamp1(none, 0, 0, 1, 0, 0, 0);");
        out.line("clamp%d(none, 0, 0, 1, 0, 0, 0);", shapes.panelVectors()).line("}");
        MultiplyTile.writeClamp(out, 1, shapes.lanes());
        MultiplyTile.writeClamp(out, shapes.panelVectors(), shapes.lanes());
        new MultiplyTile("multiplyMain", shapes, shapes.mainRows(), shapes.panelVectors()).write(out);
        new MultiplyTile("multiplyRescaled", shapes, shapes.rescaledRows(), shapes.panelVectors()).writeRescaled(out);
        new MultiplyTile("multiplyRescaledTail", shapes, shapes.tailRows(), 1).writeRescaled(out);
        new MultiplyTile("multiplySmall", shapes, shapes.smallRows(), shapes.panelVectors()).write(out);
        new MultiplyTile("multiplyTail", shapes, shapes.tailRows(), 1).write(out);
        RowTile.write(shapes, out);
        new TransposedTile("transposedMain", shapes, shapes.mainRows(), shapes.panelVectors(), true).write(out);
        new TransposedTile("transposedSmall", shapes, shapes.smallRows(), shapes.panelVectors(), false).write(out);
        new TransposedTile("transposedTail", shapes, shapes.tailRows(), 1, false).write(out);
        return out.line("}").toString();
    }

    private static void constant(SourceText out, String name, int value) {
        out.line("")
                .line("@Override")
                .line("public int %s() {", name)
                .line("return %d;", value)
                .line("}");
    }
}
