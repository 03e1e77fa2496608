package dev.stowage.bench.report;

import dev.stowage.bench.report.Curve.Line;
import dev.stowage.bench.report.Curve.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A log-log plot as SVG: proportional costs are straight lines at 45 degrees, constant costs are flat. */
public final class Plot {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 30;
    private static final int BOTTOM = 45;
    private static final List<String> COLORS = List.of("#0b6e99", "#c4470a", "#4d7c0f", "#7e22ce");

    private final Curve curve;
    private final Axis x;
    private final Axis y;

    private Plot(Curve curve) {
        this.curve = curve;
        this.x = Axis.of(points(curve).mapToDouble(Point::x), LEFT, WIDTH - RIGHT);
        this.y = Axis.of(points(curve).mapToDouble(Point::y), HEIGHT - BOTTOM, TOP);
    }

    public static String svg(Curve curve) {
        return new Plot(curve).svg();
    }

    private String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">\n"
                        .formatted(WIDTH, HEIGHT));
        svg.append("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n".formatted(WIDTH, HEIGHT));
        svg.append(text(LEFT, 18, "start", curve.title() + ", " + curve.unit()));
        for (double tick : x.ticks()) {
            svg.append(line(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM));
            svg.append(text(x.at(tick), HEIGHT - BOTTOM + 15, "middle", label(tick)));
        }
        for (double tick : y.ticks()) {
            svg.append(line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick)));
            svg.append(text(LEFT - 6, y.at(tick) + 4, "end", label(tick)));
        }
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", curve.across()));
        for (int i = 0; i < curve.lines().size(); i++) {
            svg.append(draw(curve.lines().get(i), COLORS.get(i % COLORS.size())));
        }
        return svg.append("</svg>\n").toString();
    }

    private String draw(Line line, String color) {
        String path = line.points().stream()
                .map(point -> "%s,%s".formatted(number(x.at(point.x())), number(y.at(point.y()))))
                .collect(Collectors.joining(" "));
        Point last = line.points().get(line.points().size() - 1);
        return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(path, color)
                + "<text x=\"%s\" y=\"%s\" fill=\"%s\">%s</text>\n"
                        .formatted(number(x.at(last.x()) + 6), number(y.at(last.y()) + 4), color, line.name());
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#ddd\"/>\n"
                .formatted(number(x1), number(y1), number(x2), number(y2));
    }

    private static String text(double x, double y, String anchor, String text) {
        return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n".formatted(number(x), number(y), anchor, text);
    }

    private static String label(double value) {
        if (value >= 1_000_000) {
            return "%.0f M".formatted(value / 1_000_000);
        }
        return value >= 1000
                ? "%.0f k".formatted(value / 1000)
                : String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.0f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static Stream<Point> points(Curve curve) {
        return curve.lines().stream().flatMap(line -> line.points().stream());
    }

    /** Powers of ten around the range of the values. */
    private record Axis(double low, double high, double from, double to) {

        static Axis of(DoubleStream values, double from, double to) {
            double[] all = values.filter(value -> value > 0).toArray();
            double low = Math.floor(Math.log10(DoubleStream.of(all).min().orElse(1)));
            double high = Math.ceil(Math.log10(DoubleStream.of(all).max().orElse(10)));
            return new Axis(low, Math.max(high, low + 1), from, to);
        }

        double at(double value) {
            return from + (Math.log10(value) - low) / (high - low) * (to - from);
        }

        List<Double> ticks() {
            return DoubleStream.iterate(low, power -> power <= high, power -> power + 1)
                    .map(power -> Math.pow(10, power))
                    .boxed()
                    .toList();
        }
    }
}
