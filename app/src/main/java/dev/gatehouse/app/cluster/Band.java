package dev.gatehouse.app.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A band around a centre, in parts of several colours: each colour is one path of SVG. */
final class Band {
    private static final double HALF = 0.5;

    private final double x;
    private final double y;
    private final double radius;
    private final double width;
    private final Map<String, StringBuilder> paths = new TreeMap<>();

    /** @param radius of its middle */
    Band(double x, double y, double radius, double width) {
        this.x = x;
        this.y = y;
        this.radius = radius;
        this.width = width;
    }

    /** Adds the part from {@code start} to {@code end}, in turns from the top, clockwise; end isn't below start. */
    void add(String colour, double start, double end) {
        StringBuilder path = paths.computeIfAbsent(colour, c -> new StringBuilder());
        if (end - start >= 1) {
            // An arc can't end where it starts.
            arc(path, start, start + HALF);
            arc(path, start + HALF, start + 1);
        } else {
            arc(path, start, end);
        }
    }

    private void arc(StringBuilder path, double start, double end) {
        path.append(String.format(
                Locale.ROOT,
                "M%.2f %.2fA%.1f %.1f 0 %d 1 %.2f %.2f",
                xAt(start),
                yAt(start),
                radius,
                radius,
                end - start > HALF ? 1 : 0,
                xAt(end),
                yAt(end)));
    }

    private double xAt(double turns) {
        return x + radius * Math.sin(2 * Math.PI * turns);
    }

    private double yAt(double turns) {
        return y - radius * Math.cos(2 * Math.PI * turns);
    }

    /** The elements of SVG. */
    String svg() {
        StringBuilder svg = new StringBuilder();
        paths.forEach((colour, path) -> svg.append(String.format(
                Locale.ROOT,
                "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" d=\"%s\"/>%n",
                colour,
                width,
                path)));
        return svg.toString();
    }
}
