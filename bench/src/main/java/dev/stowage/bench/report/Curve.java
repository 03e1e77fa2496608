package dev.stowage.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Costs as a function of the amount of data.
 *
 * @param name of the file, without its extension
 * @param across what the amount counts
 * @param lines one for each kind of cost
 */
public record Curve(String name, String title, String across, String unit, List<Line> lines) {

    /** @param points in ascending order */
    public record Line(String name, List<Point> points) {}

    /** A cost at some amount. */
    public record Point(double x, double y) {}

    /** A Markdown table with a row for each amount. */
    public String table() {
        String head = "| " + across + " | "
                + lines.stream().map(line -> line.name() + ", " + unit).collect(Collectors.joining(" | ")) + " |\n|--:|"
                + "--:|".repeat(lines.size()) + "\n";
        StringBuilder rows = new StringBuilder(head);
        for (int i = 0; i < lines.get(0).points().size(); i++) {
            int row = i;
            rows.append(String.format(
                            Locale.ROOT,
                            "| %,.0f | ",
                            lines.get(0).points().get(i).x()))
                    .append(lines.stream()
                            .map(line -> Markdown.number(line.points().get(row).y()))
                            .collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        return rows.toString();
    }
}
