package gatehouse.load.simulation;

import io.gatling.charts.component.Component;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/// A chart as plain SVG in the page: no script, nothing fetched.
final class Drawing extends Component {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    private static final int BOTTOM = 30;
    private static final List<String> COLOURS =
            List.of("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f");

    private final String title;
    private final String across;
    private final List<Curve> curves;

    /// @param across what the horizontal axis counts
    Drawing(String title, String across, List<Curve> curves) {
        this.title = title;
        this.across = across;
        this.curves = List.copyOf(curves);
    }

    @Override
    public String html() {
        if (curves.isEmpty()) {
            return "";
        }
        return """
                <div class="schema geant"><h3>%s</h3>
                <svg viewBox="0 0 %d %d" width="100%%" font-size="12" font-family="sans-serif">
                <path d="M%d 0V%dH%d" fill="none" stroke="#999"/>
                <text x="0" y="12">%s</text><text x="%d" y="%d">%s</text><text x="%d" y="%d" text-anchor="end">%s %s</text>
                %s
                </svg><p>%s</p></div>
                """.formatted(
                        escaped(title),
                        WIDTH,
                        HEIGHT,
                        LEFT,
                        HEIGHT - BOTTOM,
                        WIDTH,
                        number(most(Curve.Point::y)),
                        LEFT,
                        HEIGHT - 10,
                        number(least()),
                        WIDTH,
                        HEIGHT - 10,
                        number(most(Curve.Point::x)),
                        escaped(across),
                        lines(),
                        legend());
    }

    @Override
    public String js() {
        return "";
    }

    @Override
    public Seq<String> jsFiles() {
        return CollectionConverters.asScala(List.<String>of()).toSeq();
    }

    private String lines() {
        return IntStream.range(0, curves.size())
                .mapToObj(n -> "<polyline fill=\"none\" stroke=\"" + COLOURS.get(n % COLOURS.size()) + "\" points=\""
                        + curves.get(n).points().stream().map(this::place).collect(Collectors.joining(" ")) + "\"/>")
                .collect(Collectors.joining("\n"));
    }

    private String legend() {
        return IntStream.range(0, curves.size())
                .mapToObj(n -> "<span style=\"color:" + COLOURS.get(n % COLOURS.size()) + "\">&#9632; "
                        + escaped(curves.get(n).name()) + "</span>")
                .collect(Collectors.joining(" "));
    }

    private String place(Curve.Point point) {
        var width = Math.max(most(Curve.Point::x) - least(), 1e-9);
        var x = LEFT + (point.x() - least()) / width * (WIDTH - LEFT - 10);
        var y = (HEIGHT - BOTTOM) * (1 - point.y() / Math.max(most(Curve.Point::y), 1e-9));
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    private double most(ToDoubleFunction<Curve.Point> side) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(side)
                .max()
                .orElse(0);
    }

    private double least() {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Curve.Point::x)
                .min()
                .orElse(0);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
