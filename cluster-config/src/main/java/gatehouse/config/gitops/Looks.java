package gatehouse.config.gitops;

/// What the last look at a directory found, and what was last judged, good or bad.
///
/// An edit is judged only when two looks in a row found the same: what is half written changes in between.
record Looks(String seen, String judged) {

    /// Whatever a first look finds is not yet judged.
    static final Looks NONE = new Looks("", "");

    boolean judges(String found) {
        return found.equals(seen) && !found.equals(judged);
    }

    Looks after(String found) {
        return new Looks(found, judges(found) ? found : judged);
    }
}
