package gatehouse.session.call;

import gatehouse.session.mcp.Binding;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Seal;
import java.util.Optional;

/// Keeps an upstream's `requestState` out of sight and out of reach: the client carries it sealed, bound to who asked
/// for what, and for a while only.
final class StateSeal {

    private final CallPorts ports;
    private final Inbound inbound;

    StateSeal(CallPorts ports, Inbound inbound) {
        this.ports = ports;
        this.inbound = inbound;
    }

    /// The request with its state as the upstream gave it out; empty if the state is not ours, not this one's, or
    /// old.
    Optional<Message> open() {
        var message = inbound.message();
        if (!message.has(Place.PARAMS_REQUEST_STATE)) {
            return Optional.of(message);
        }
        var shut = message.text(Place.PARAMS_REQUEST_STATE).orElse("");
        return switch (ports.seal()
                .open(shut, binding(), ports.sessions().clock().instant())) {
            case Seal.Opening.Opened(var state) -> Optional.of(message.withText(Place.PARAMS_REQUEST_STATE, state));
            case Seal.Opening.OpenedEmpty empty -> Optional.of(message.without(Place.PARAMS_REQUEST_STATE));
            case Seal.Opening.Refused refused -> Optional.empty();
        };
    }

    Message seal(Message answer) {
        var state = answer.text(Place.RESULT_REQUEST_STATE);
        if (state.isEmpty()) {
            return answer;
        }
        var expires = ports.sessions().clock().instant().plus(ports.settings().stateLife());
        return ports.seal()
                .seal(state.get(), binding(), expires)
                .map(shut -> answer.withText(Place.RESULT_REQUEST_STATE, shut))
                .orElseGet(
                        () -> Failures.garbled().message(inbound.message().id().orElseThrow()));
    }

    static Message endOfListening(Id id) {
        return Message.result(
                id,
                "{\"resultType\":\"complete\",\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + id.json()
                        + "}}");
    }

    /// On a route that joins several the state itself says whose it is.
    private Binding binding() {
        var course = inbound.course();
        return Binding.of(
                inbound.principal().toString(),
                inbound.route().id().value(),
                course.joined() ? "" : course.only().id().value(),
                inbound.message());
    }
}
