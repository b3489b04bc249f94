package gatehouse.session.call;

import gatehouse.policy.verdict.Denial;
import gatehouse.session.lifecycle.Unkept;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Refusal;

/// What a call is refused with before anything of it reaches an upstream.
final class Refusals {

    private Refusals() {}

    static Refusal repeatedId() {
        return new Refusal(400, Codes.INVALID_REQUEST, "a request with this id is still under way in this session");
    }

    static Refusal unavailable(String what) {
        return Refusal.of(new Denial.Unavailable(what));
    }

    static Refusal unkept(Unkept why) {
        return new Refusal(
                200,
                Codes.INVALID_PARAMS,
                switch (why) {
                    case Unkept.TooLong(var what, var bytes, var most) ->
                        what + " is too long for a session to keep: " + bytes + " bytes, at most " + most;
                    case Unkept.Full(var most) ->
                        "too much for a session to keep: at most " + most
                                + " bytes in all; unsubscribe from something first";
                    case Unkept.TooMany(var most) ->
                        "too many subscriptions in this session: at most " + most
                                + "; unsubscribe from something first";
                    case Unkept.NoSuchLevel noSuchLevel ->
                        "params.level is none of debug, info, notice, warning, error, critical, alert, emergency";
                });
    }

    static Refusal occupied() {
        return new Refusal(
                409,
                Codes.LEGACY_TRANSPORT,
                "this session is listened to already; resume with Last-Event-ID to take over");
    }

    static Refusal unknownEvent() {
        return new Refusal(
                400,
                Codes.LEGACY_TRANSPORT,
                "Last-Event-ID names no event that can be resumed from: unknown, or too old");
    }

    static Refusal badState() {
        return new Refusal(
                200,
                Codes.INVALID_PARAMS,
                "requestState is not one this gateway gave out for this request, or has expired");
    }
}
