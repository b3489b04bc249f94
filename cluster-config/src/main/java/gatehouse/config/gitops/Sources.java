package gatehouse.config.gitops;

import java.util.List;

/// The files of a directory as one look found them.
///
/// @param problems what could not be read
/// @param digest equal for two looks if and only if they found the same
record Sources(List<File> files, List<Problem> problems, String digest) {

    /// One file, named relative to its directory: `routes/echo.yaml`.
    record File(String name, String text) {}

    Sources {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }
}
