package gatehouse.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds<Figures> rounds = new Rounds<>(List.of(round(1, 2, 3), round(5, 6, 7.5), round(2, 8, 4)));

    @Test
    void the_median_of_an_even_number_lies_between_the_middle_two() {
        assertThat(Rounds.median(4, 1, 2, 3)).isEqualTo(2.5);
        assertThat(Rounds.median(3, 1, 2)).isEqualTo(2);
        assertThat(Rounds.median()).isNaN();
        assertThat(Rounds.median(1, Double.NaN)).isNaN();
    }

    @Test
    void what_is_added_is_compared_within_each_round() {
        assertThat(rounds.median("gateway", Figures::p50)).isEqualTo(4);
        assertThat(rounds.added("gateway", "direct", Figures::p50)).isEqualTo(2);
        assertThat(rounds.ratio("gateway", "nginx", Figures::p50)).isCloseTo(1.25, within(1e-9));
        assertThat(rounds.worst("nginx", Figures::p50)).isEqualTo(8);
    }

    @Test
    void against_a_target_that_was_left_out_there_is_no_figure() {
        assertThat(rounds.ratio("gateway", "bare-proxy", Figures::p50)).isNaN();
        assertThat(Table.number(Double.NaN)).isEqualTo("–");
    }

    @Test
    void the_limits_of_the_gateway_are_judged() {
        var limits = new CallReport(rounds).limits();

        assertThat(limits)
                .filteredOn(limit -> limit.what().contains("at p50"))
                .singleElement()
                .satisfies(limit -> {
                    assertThat(limit.met()).isFalse();
                    assertThat(limit.line()).startsWith("MISSED").endsWith("2.00 (at most 1.50)");
                });
        assertThat(limits)
                .filteredOn(limit -> limit.what().equals("p50 against nginx"))
                .allMatch(Limit::met);
    }

    @Test
    void what_crossing_adds_is_compared_with_a_call_that_does_not_cross() {
        var crossed = round(1, 2, 3);
        crossed.put("crossed", figures(3.4));

        assertThat(new CallReport(new Rounds<>(List.of(crossed))).limits())
                .filteredOn(limit -> limit.what().equals("ms added by crossing the eras at p50"))
                .singleElement()
                .satisfies(limit -> assertThat(limit.line()).endsWith("0.40 (at most 0.50)"));
    }

    @Test
    void a_figure_that_is_missing_meets_no_limit() {
        assertThat(new Limit("p50 against the bare proxy", Double.NaN, 1.5).met())
                .isFalse();
    }

    @Test
    void the_table_has_a_row_for_each_target_in_its_order() {
        assertThat(new CallReport(rounds).table().toString().lines().map(line -> line.split("\\|", -1)[1].trim()))
                .containsExactly("target", "--------:", "direct", "nginx", "gateway");
    }

    private static Map<String, Figures> round(double direct, double nginx, double gateway) {
        var round = new LinkedHashMap<String, Figures>();
        round.put("direct", figures(direct));
        round.put("nginx", figures(nginx));
        round.put("gateway", figures(gateway));
        return round;
    }

    private static Figures figures(double p50) {
        return new Figures(p50, p50, p50, p50, 100, 0, 0.1, 0);
    }
}
