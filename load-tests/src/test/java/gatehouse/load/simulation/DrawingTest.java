package gatehouse.load.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.charts.component.ComponentLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawingTest {
    @Test
    void a_chart_is_svg_without_script_and_with_its_words_escaped() {
        var drawing = new Drawing(
                "p99 < 6", "s", List.of(new Curve("a&b", List.of(new Curve.Point(0, 0), new Curve.Point(2, 5)))));

        assertThat(drawing.html())
                .contains("p99 &lt; 6")
                .contains("a&amp;b")
                .contains("points=\"60.0,230.0 890.0,0.0\"");
        assertThat(drawing.js()).isEmpty();
        assertThat(drawing.jsFiles().isEmpty()).isTrue();
    }

    @Test
    void gatling_finds_our_charts() {
        assertThat(ComponentLibrary.Instance()).isInstanceOf(PlainCharts.class);
    }
}
