package gatehouse.config.gitops;

/// What a document declares, known by the directory it lies in.
public enum Kind {
    TENANT("tenants"),
    AGENT("agents"),
    UPSTREAM("upstreams"),
    ROUTE("routes");

    private final String directory;

    Kind(String directory) {
        this.directory = directory;
    }

    public String directory() {
        return directory;
    }
}
