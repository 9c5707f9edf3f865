package dev.gatehouse.load.report;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** A line chart as inline SVG. Its colours are the page's, so that it reads in light and dark; what is pointed at tells its values. */
final class Chart {
    /** The width of a chart that shares its row, and of one that has it for itself, in the page's pixels. */
    static final int HALF = 520;

    static final int FULL = 1070;

    private static final double HEIGHT = 260;
    private static final double LEFT = 64;
    private static final double RIGHT = 16;
    private static final double TOP = 12;
    private static final double BOTTOM = 28;

    private final String title;
    private final double width;
    private final Axis x;
    private final Axis y;
    private final List<Series> series;
    private final Formatter svg = new Formatter(Locale.ROOT);

    Chart(String title, int width, Axis x, Axis y, List<Series> series) {
        this.title = title;
        this.width = width;
        this.x = x;
        this.y = y;
        this.series = series;
    }

    /** The chart with its title and legend. */
    String html() {
        svg.format("<figure><figcaption><span>%s</span>", HtmlText.escaped(title));
        if (series.size() > 1) {
            series.forEach(line ->
                    svg.format("<span class=\"key s%d\">%s</span>", line.colour(), HtmlText.escaped(line.name())));
        }
        svg.format(
                "</figcaption><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">",
                width, HEIGHT, HtmlText.escaped(title));
        axes();
        series.forEach(this::line);
        targets();
        svg.format("</svg></figure>");
        return svg.toString();
    }

    private void axes() {
        for (Axis.Tick tick : y.ticks()) {
            svg.format(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, width - RIGHT, down(tick.value()), down(tick.value()));
            svg.format(
                    "<text class=\"y\" x=\"%.1f\" y=\"%.1f\">%s</text>", LEFT - 8, down(tick.value()) + 4, tick.text());
        }
        for (Axis.Tick tick : x.ticks()) {
            svg.format(
                    "<text class=\"x\" x=\"%.1f\" y=\"%.1f\">%s</text>", across(tick.value()), HEIGHT - 8, tick.text());
        }
    }

    private void line(Series line) {
        if (line.points().isEmpty()) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Series.Point point : line.points()) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(String.format(Locale.ROOT, "%.1f %.1f", across(point.x()), down(point.y())));
        }
        if (line.filled()) {
            svg.format(
                    "<path class=\"area s%d\" d=\"%sL%.1f %.1fL%.1f %.1fZ\"/>",
                    line.colour(),
                    path,
                    across(line.points().getLast().x()),
                    HEIGHT - BOTTOM,
                    across(line.points().getFirst().x()),
                    HEIGHT - BOTTOM);
        }
        svg.format("<path class=\"line s%d\" d=\"%s\"/>", line.colour(), path);
    }

    /** A strip for each place of the first line: pointed at, it tells all values there. */
    private void targets() {
        List<Series.Point> points = series.getFirst().points();
        for (int i = 0; i < points.size(); i++) {
            double at = across(points.get(i).x());
            double from = i == 0 ? LEFT : (across(points.get(i - 1).x()) + at) / 2;
            double to = i == points.size() - 1
                    ? width - RIGHT
                    : (at + across(points.get(i + 1).x())) / 2;
            svg.format(
                    "<g class=\"at\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    from, TOP, Math.max(0, to - from), HEIGHT - TOP - BOTTOM);
            svg.format("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", at, at, TOP, HEIGHT - BOTTOM);
            svg.format("<title>%s</title></g>", HtmlText.escaped(values(i)));
        }
    }

    private String values(int index) {
        StringBuilder text =
                new StringBuilder(x.text(series.getFirst().points().get(index).x()));
        for (Series line : series) {
            if (index < line.points().size()) {
                text.append('\n')
                        .append(line.name())
                        .append(": ")
                        .append(y.text(line.points().get(index).y()));
            }
        }
        return text.toString();
    }

    private double across(double value) {
        return LEFT + x.at(value) * (width - LEFT - RIGHT);
    }

    private double down(double value) {
        return HEIGHT - BOTTOM - y.at(value) * (HEIGHT - TOP - BOTTOM);
    }
}
