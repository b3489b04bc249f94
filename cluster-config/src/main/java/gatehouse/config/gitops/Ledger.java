package gatehouse.config.gitops;

import java.util.ArrayList;
import java.util.List;

/// What is gathered while documents are read and can only be judged once all of them are.
record Ledger(List<Problem> problems, List<Reference> references, List<Written> keyIds) {

    Ledger() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
