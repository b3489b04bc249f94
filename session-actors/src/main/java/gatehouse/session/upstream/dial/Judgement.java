package gatehouse.session.upstream.dial;

/// Whether an address may be dialled for an upstream.
public sealed interface Judgement {

    record Allowed() implements Judgement {}

    record Refused(Reach reach) implements Judgement {}
}
