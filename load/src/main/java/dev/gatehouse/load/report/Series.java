package dev.gatehouse.load.report;

import java.util.List;

/**
 * One line of a {@link Chart}.
 *
 * @param name what it is called in the legend
 * @param colour 1..3, a colour of the page
 * @param filled whether the area below it is filled
 */
record Series(String name, int colour, boolean filled, List<Point> points) {
    /** One point of the line. */
    record Point(double x, double y) {}

    double max() {
        return points.stream().mapToDouble(Point::y).max().orElse(0);
    }

    /** The lowest value above 0. */
    double min() {
        return points.stream().mapToDouble(Point::y).filter(y -> y > 0).min().orElse(1);
    }
}
