package gatehouse.config.gitops;

import java.util.ArrayList;
import java.util.List;

/// What is gathered while documents are read and can only be judged once all of them are.
record Ledger(List<Problem> problems, List<Reference> references, List<Written> keyIds) {

    /// Enough to start with. A generated file can be wrong in millions of places, and each would be held in memory.
    static final int MOST_PROBLEMS = 1000;

    Ledger() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void note(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }
}
