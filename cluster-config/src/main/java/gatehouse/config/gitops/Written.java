package gatehouse.config.gitops;

/// A text of a document, the line it stands on, and the keys that lead to it, such as `access.agents[1]`.
record Written(String value, Place place, String path) {

    Problem problem(String text) {
        return new Problem(place, path + " " + text);
    }
}
