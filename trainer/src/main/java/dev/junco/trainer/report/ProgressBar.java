package dev.junco.trainer.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows how training proceeds. On a terminal one line is redrawn in place, at most ten times a second; elsewhere (a file,
 * a log) there is one plain line for each epoch. Not thread-safe.
 *
 * <pre>{@code
 * Epoch 3/10  ███████████░░░░░░░░░░░░░  46 %  0:02 left  18,230 samples/s  loss 0.4123  accuracy 0.8512
 * }</pre>
 */
public final class ProgressBar {
    private static final long INTERVAL = 100_000_000;
    private static final int LONGEST_BAR = 24;
    private static final int SHORTEST_BAR = 4;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final boolean terminal;
    private final int columns;
    private final LongSupplier clock;
    private final char full;
    private final char empty;

    private String title = "";
    private long samples = 1;
    private long started;
    private long shown;
    private int drawn;

    /**
     * A bar that shows nothing yet.
     *
     * @param out where it goes
     * @param terminal whether {@code out} is a terminal, where a carriage return goes back to the line's start
     * @param columns width of the terminal in characters; longer lines are cut
     */
    public ProgressBar(PrintStream out, boolean terminal, int columns) {
        this(out, terminal, columns, System::nanoTime);
    }

    /** A bar with its own clock, in nanoseconds. */
    ProgressBar(PrintStream out, boolean terminal, int columns, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        // A line as wide as the terminal already wraps on some.
        this.columns = Math.max(1, columns - 1);
        this.clock = clock;
        boolean blocks = out.charset().canEncode() && out.charset().newEncoder().canEncode("█░");
        this.full = blocks ? '█' : '=';
        this.empty = blocks ? '░' : '.';
    }

    /**
     * Starts an epoch.
     *
     * @param epoch its number, the first is 1
     * @param epochs number of epochs
     * @param samples number of samples in an epoch
     */
    public void begin(int epoch, int epochs, long samples) {
        String total = Integer.toString(epochs);
        String number = Integer.toString(epoch);
        this.title = "Epoch " + " ".repeat(Math.max(0, total.length() - number.length())) + number + "/" + total;
        this.samples = Math.max(1, samples);
        this.started = clock.getAsLong();
        this.shown = started - INTERVAL;
    }

    /** Whether {@link #show} would draw now. Costs a look at the clock; ask before gathering values. */
    public boolean due() {
        return terminal && clock.getAsLong() - shown >= INTERVAL;
    }

    /**
     * Redraws the line, if it is {@link #due}.
     *
     * @param done samples of this epoch so far
     * @param values loss and metrics by name, in the order in which they are to appear
     */
    public void show(long done, Map<String, Double> values) {
        if (!due()) {
            return;
        }
        shown = clock.getAsLong();
        double seconds = (shown - started) * 1e-9;
        double part = Math.clamp((double) done / samples, 0, 1);
        String left = done > 0 && seconds > 0 ? time(seconds * (1 - part) / part) + " left" : "";
        String rest = GAP
                + String.format(Locale.ROOT, "%3d %%", (int) (100 * part))
                + (left.isEmpty() ? "" : GAP + left)
                + speed(done, seconds)
                + values(values);
        int length = Math.min(LONGEST_BAR, columns - title.length() - GAP.length() - rest.length());
        String bar = length < SHORTEST_BAR ? "" : GAP + bar(part, length);
        redraw(title + bar + rest);
    }

    /**
     * Ends the epoch with a line that stays; what does not fit a terminal stands in a second one.
     *
     * @param values loss and metrics by name, in the order in which they are to appear
     */
    public void end(Map<String, Double> values) {
        double seconds = (clock.getAsLong() - started) * 1e-9;
        StringBuilder line = new StringBuilder(title + GAP + duration(seconds) + speed(samples, seconds));
        for (Map.Entry<String, Double> value : values.entrySet()) {
            String next = GAP + value.getKey() + ' ' + number(value.getValue());
            if (terminal && line.length() + next.length() > columns && line.length() > title.length()) {
                finish(line.toString());
                line.setLength(0);
                line.append(" ".repeat(title.length()));
            }
            line.append(next);
        }
        finish(line.toString());
    }

    private void finish(String line) {
        if (terminal) {
            redraw(line);
        } else {
            out.print(line);
        }
        out.println();
        out.flush();
        drawn = 0;
    }

    private void redraw(String line) {
        String visible = line.length() <= columns ? line : line.substring(0, columns);
        out.print("\r" + visible + " ".repeat(Math.max(0, drawn - visible.length())));
        out.flush();
        drawn = visible.length();
    }

    private String bar(double part, int length) {
        int filled = (int) (part * length);
        return String.valueOf(full).repeat(filled) + String.valueOf(empty).repeat(length - filled);
    }

    private static String speed(long done, double seconds) {
        return seconds <= 0 ? "" : GAP + String.format(Locale.ROOT, "%,.0f samples/s", done / seconds);
    }

    private static String values(Map<String, Double> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(GAP).append(name).append(' ').append(number(value)));
        return text.toString();
    }

    /** Four decimals, or four digits where that says nothing. */
    private static String number(double value) {
        boolean plain = value == 0 || Math.abs(value) >= 0.001 && Math.abs(value) < 100_000;
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
    }

    private static String duration(double seconds) {
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds) : time(seconds);
    }

    private static String time(double seconds) {
        long whole = Math.round(Math.min(seconds, 1e9));
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
