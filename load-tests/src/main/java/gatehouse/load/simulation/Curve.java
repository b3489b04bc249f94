package gatehouse.load.simulation;

import java.util.List;

/// One named line of a chart.
record Curve(String name, List<Point> points) {

    record Point(double x, double y) {}

    Curve {
        points = List.copyOf(points);
    }
}
