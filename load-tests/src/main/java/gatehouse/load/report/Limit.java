package gatehouse.load.report;

/// One line of what a run must show: a figure, the most it may be, and whether it is.
public record Limit(String what, double figure, double most) {

    public boolean met() {
        return figure <= most;
    }

    public String line() {
        return (met() ? "met     " : "MISSED  ") + what + ": " + Table.number(figure) + " (at most "
                + Table.number(most) + ")";
    }
}
