package gatehouse.node.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a request leads to, whichever era it came in.
sealed interface Step {

    /// Nothing more is to be done.
    record Done(ObjectNode result) implements Step {}

    /// Half a second for each number, and then it is done.
    record Counting(int from) implements Step {}

    /// A person has to be asked first.
    record Asking(ObjectNode elicitation) implements Step {}

    /// There is no such resource; the eras have different codes for that.
    record NoResource(String uri) implements Step {}

    record Wrong(int code, String text) implements Step {}
}
