package gatehouse.load.simulation;

import io.gatling.charts.component.Component;
import io.gatling.charts.component.ComponentLibrary;
import io.gatling.charts.report.GroupContainer;
import io.gatling.charts.stats.CountsVsTimePlot;
import io.gatling.charts.stats.IntVsTimePlot;
import io.gatling.charts.stats.PercentVsTimePlot;
import io.gatling.charts.stats.Percentiles;
import io.gatling.charts.stats.PercentilesVsTimePlot;
import io.gatling.charts.stats.Ranges;
import io.gatling.charts.stats.UserSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/// The charts of Gatling's report, drawn by us: Gatling's own come under a licence that is not free software.
public final class PlainCharts implements ComponentLibrary {

    private static final String SECONDS = "s";

    @Override
    public Component getUserStartRateComponent(String title, long start, UserSeries all, Seq<UserSeries> series) {
        return users("Users started per second", series);
    }

    @Override
    public Component getMaxConcurrentUsersComponent(String title, long start, UserSeries all, Seq<UserSeries> series) {
        return users("Users at once", series);
    }

    @Override
    public Component getRangesComponent(String title, String what, String axis, Ranges ranges, boolean large) {
        return new Drawing(
                "Share in % below " + ranges.lowerBound() + " ms, between, above " + ranges.higherBound()
                        + " ms, failed",
                "range",
                List.of(new Curve(
                        "%",
                        List.of(
                                new Curve.Point(1, ranges.lowPercentage()),
                                new Curve.Point(2, ranges.middlePercentage()),
                                new Curve.Point(3, ranges.highPercentage()),
                                new Curve.Point(4, ranges.koPercentage())))));
    }

    @Override
    public Component getRequestCountPolarComponent(GroupContainer root) {
        return new Drawing("Requests", "", List.of());
    }

    @Override
    public Component getDistributionComponent(
            String title, String what, String axis, Seq<PercentVsTimePlot> ok, Seq<PercentVsTimePlot> failed) {
        return new Drawing(
                title + ", % of requests",
                "ms",
                List.of(
                        curve("answered", ok, PercentVsTimePlot::time, PercentVsTimePlot::value, 1),
                        curve("failed", failed, PercentVsTimePlot::time, PercentVsTimePlot::value, 1)));
    }

    @Override
    public Component getPercentilesOverTimeComponent(
            String title, String axis, String what, long start, Seq<PercentilesVsTimePlot> plots) {
        return new Drawing(
                title + ", ms",
                SECONDS,
                List.of(
                        percentile("p50", plots, Percentiles::percentile50),
                        percentile("p95", plots, Percentiles::percentile95),
                        percentile("p99", plots, Percentiles::percentile99),
                        percentile("max", plots, Percentiles::percentile100)));
    }

    @Override
    public Component getRequestsComponent(String title, long start, Seq<CountsVsTimePlot> counts) {
        return counts("Requests per second", counts);
    }

    @Override
    public Component getResponsesComponent(String title, long start, Seq<CountsVsTimePlot> counts) {
        return counts("Answers per second", counts);
    }

    @Override
    public Component getResponseTimeScatterComponent(String title, Seq<IntVsTimePlot> ok, Seq<IntVsTimePlot> failed) {
        return new Drawing(
                "Response time against requests per second, ms",
                "requests/s",
                List.of(
                        curve("answered", ok, IntVsTimePlot::time, IntVsTimePlot::value, 1),
                        curve("failed", failed, IntVsTimePlot::time, IntVsTimePlot::value, 1)));
    }

    private static Component users(String title, Seq<UserSeries> series) {
        return new Drawing(
                title,
                SECONDS,
                list(series).stream()
                        .map(users ->
                                curve(users.name(), users.data(), IntVsTimePlot::time, IntVsTimePlot::value, 1000))
                        .toList());
    }

    private static Component counts(String title, Seq<CountsVsTimePlot> counts) {
        return new Drawing(
                title,
                SECONDS,
                List.of(
                        curve("answered", counts, CountsVsTimePlot::time, CountsVsTimePlot::oks, 1000),
                        curve("failed", counts, CountsVsTimePlot::time, CountsVsTimePlot::kos, 1000)));
    }

    private static Curve percentile(String name, Seq<PercentilesVsTimePlot> plots, ToIntFunction<Percentiles> at) {
        var points = new ArrayList<Curve.Point>();
        list(plots)
                .forEach(plot -> Stream.of(plot.percentiles())
                        .filter(found -> found.isDefined())
                        .forEach(found ->
                                points.add(new Curve.Point(plot.time() / 1000.0, at.applyAsInt(found.get())))));
        return new Curve(name, points);
    }

    private static <T> Curve curve(String name, Seq<T> plots, ToIntFunction<T> x, ToDoubleFunction<T> y, int scale) {
        return new Curve(
                name,
                list(plots).stream()
                        .map(plot -> new Curve.Point(x.applyAsInt(plot) / (double) scale, y.applyAsDouble(plot)))
                        .toList());
    }

    private static <T> List<T> list(Seq<T> plots) {
        return CollectionConverters.asJava(plots);
    }
}
