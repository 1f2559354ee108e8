/** Java source under construction, one line at a time, indented by its braces. */
final class SourceText {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    SourceText line(String line, Object... arguments) {
        String filled = line.formatted(arguments);
        if (filled.startsWith("}")) {
            depth--;
        }
        text.append("    ".repeat(filled.isEmpty() ? 0 : depth)).append(filled).append('\n');
        if (filled.endsWith("{")) {
            depth++;
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
