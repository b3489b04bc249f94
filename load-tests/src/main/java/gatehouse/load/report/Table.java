package gatehouse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table that reads well on a terminal and is Markdown at the same time.
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// Three significant digits are all that a measurement on a shared machine is worth.
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    public static String count(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,.0f", value);
    }

    @Override
    public String toString() {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        var rule = IntStream.of(widths)
                .mapToObj(width -> "-".repeat(width + 1) + ":")
                .collect(Collectors.joining("|", "|", "|"));
        var lines = new ArrayList<String>();
        rows.forEach(row -> lines.add(IntStream.range(0, widths.length)
                .mapToObj(column -> padded(row.get(column), widths[column]))
                .collect(Collectors.joining("|", "|", "|"))));
        lines.add(1, rule);
        return String.join("\n", lines);
    }

    private static String padded(String cell, int width) {
        return " " + " ".repeat(width - cell.length()) + cell + " ";
    }
}
