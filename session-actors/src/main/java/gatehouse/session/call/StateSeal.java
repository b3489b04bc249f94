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
        var shut = message.text(Place.PARAMS_REQUEST_STATE);
        if (shut.isEmpty()) {
            return Optional.empty();
        }
        return switch (ports.seal()
                .open(shut.get(), this::binding, ports.sessions().clock().instant())) {
            case Seal.Opening.Opened(var state) -> Optional.of(message.withText(Place.PARAMS_REQUEST_STATE, state));
            case Seal.Opening.OpenedEmpty empty -> Optional.of(message.without(Place.PARAMS_REQUEST_STATE));
            case Seal.Opening.Refused refused -> Optional.empty();
        };
    }

    /// A state that is no text would go on as it is, to be read and changed on its way back: it is held back.
    /// `null`
    /// says that there is none.
    Message seal(Message answer) {
        var json = answer.raw(Place.RESULT_REQUEST_STATE);
        if (json.isEmpty()) {
            return answer;
        }
        return switch (json.get().head()) {
            case '"' -> sealed(answer, answer.text(Place.RESULT_REQUEST_STATE).orElseThrow());
            case 'n' -> answer.without(Place.RESULT_REQUEST_STATE);
            default -> heldBack();
        };
    }

    private Message sealed(Message answer, String state) {
        var expires = ports.sessions().clock().instant().plus(ports.settings().stateLife());
        return ports.seal()
                .seal(state, binding(), expires)
                .map(shut -> answer.withText(Place.RESULT_REQUEST_STATE, shut))
                .orElseGet(this::heldBack);
    }

    private Message heldBack() {
        return Failures.garbled().message(inbound.message().id().orElseThrow());
    }

    static Message endOfListening(Id id) {
        return Message.result(
                id,
                "{\"resultType\":\"complete\",\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + id.json()
                        + "}}");
    }

    /// On a route that joins several the state itself says whose it is.
    private Binding binding() {
        return Binding.of(
                inbound.principal().toString(),
                inbound.route().id().value(),
                inbound.course().sole(),
                inbound.message());
    }
}
