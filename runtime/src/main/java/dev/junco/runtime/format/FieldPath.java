package dev.junco.runtime.format;

/** Where in the schema a verifier stands, for its messages; costs nothing until it is printed. */
final class FieldPath {
    /** Deeper than the schema nests: file, graph, operator, options, padding, field. */
    private static final int DEPTH = 16;

    private final String[] names = new String[DEPTH];
    private final int[] indices = new int[DEPTH];
    private int depth;

    void enter(String name) {
        names[depth] = name;
        indices[depth] = -1;
        depth++;
    }

    void index(int index) {
        indices[depth - 1] = index;
    }

    void leave() {
        depth--;
    }

    /** For example {@code graphs[0].tensors[3].shape}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(i == 0 ? "" : ".").append(names[i]);
            if (indices[i] >= 0) {
                text.append('[').append(indices[i]).append(']');
            }
        }
        return depth == 0 ? "root table" : text.toString();
    }
}
