package dev.junco.trainer.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A picture of how loss and metrics changed over the epochs: a panel for each, with a curve for training and one for
 * validation. Not thread-safe.
 */
public final class TrainingCurve {
    private static final int PANEL_WIDTH = 640;
    private static final int PANEL_HEIGHT = 480;

    private final List<XYChart> panels = new ArrayList<>();

    /** A picture without panels. */
    public TrainingCurve() {}

    /**
     * Adds a panel to the right of the others.
     *
     * @param name what is measured, for example {@code loss}
     * @param train a value for each epoch; those that are not finite are left out
     * @param validation a value for each epoch, or an empty list
     * @throws IllegalArgumentException if no value is finite
     */
    public TrainingCurve panel(String name, List<Double> train, List<Double> validation) {
        if (train.stream().noneMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "There is no finite value of " + name + " to draw; found " + train + ".");
        }
        XYChart chart = new XYChartBuilder()
                .width(PANEL_WIDTH)
                .height(PANEL_HEIGHT)
                .title(name)
                .xAxisTitle("epoch")
                .build();
        style(chart);
        add(chart, "training", train, Picture.FIRST);
        if (validation.stream().anyMatch(Double::isFinite)) {
            add(chart, "validation", validation, Picture.SECOND);
        }
        panels.add(chart);
        return this;
    }

    /** Draws all panels side by side. */
    public BufferedImage image() {
        return Picture.draw(PANEL_WIDTH * Math.max(1, panels.size()), PANEL_HEIGHT, graphics -> {
            for (XYChart chart : panels) {
                chart.paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
                graphics.translate(PANEL_WIDTH, 0);
            }
        });
    }

    /**
     * Writes the picture as PNG.
     *
     * @throws dev.junco.trainer.data.DataException if the file cannot be written
     */
    public void write(Path path) {
        Picture.write(image(), path);
    }

    private static void add(XYChart chart, String name, List<Double> values, Color colour) {
        int[] finite = IntStream.range(0, values.size())
                .filter(epoch -> Double.isFinite(values.get(epoch)))
                .toArray();
        double[] epochs = Arrays.stream(finite).mapToDouble(epoch -> epoch + 1).toArray();
        double[] drawn = Arrays.stream(finite).mapToDouble(values::get).toArray();
        XYSeries series = chart.addSeries(name, epochs, drawn);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        series.setMarkerColor(colour);
        series.setMarker(values.size() > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    }

    private static void style(XYChart chart) {
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setPlotGridLinesColor(new Color(0xE4E7EB));
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setLegendBorderColor(Color.WHITE);
        chart.getStyler().setChartTitleFont(Picture.font(Font.BOLD, 18));
        chart.getStyler().setAxisTitleFont(Picture.font(Font.PLAIN, 14));
        chart.getStyler().setAxisTickLabelsFont(Picture.font(Font.PLAIN, 12));
        chart.getStyler().setLegendFont(Picture.font(Font.PLAIN, 13));
        chart.getStyler().setXAxisDecimalPattern("0");
    }
}
