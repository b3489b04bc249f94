package gatehouse.policy;

import gatehouse.config.catalogue.ApiKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Route;
import gatehouse.policy.access.AccessJudge;
import gatehouse.policy.access.Standing;
import gatehouse.policy.identity.ApiKeys;
import gatehouse.policy.rate.Crowd;
import gatehouse.policy.rate.CrowdSettings;
import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Credential;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Denial.Scope;
import gatehouse.policy.verdict.Permits;
import gatehouse.policy.verdict.Principal;
import gatehouse.policy.verdict.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The front door of every policy: who is calling, may it happen, and what is held meanwhile.
public final class Gatekeeper {

    private static final String NODE = "";

    private final CrowdSettings settings;
    private final Crowd crowd = new Crowd();

    public Gatekeeper(CrowdSettings settings) {
        this.settings = settings;
    }

    /// A key that does not hold is refused even where the route asks for none: whoever sends one means it.
    public Proof prove(Credential credential, Route route, Catalogue catalogue, Instant now) {
        return switch (credential) {
            case Credential.Key(var text) ->
                ApiKeys.prove(text, catalogue, now)
                        .<Proof>map(Proof.Proven::new)
                        .orElseGet(() -> new Proof.Unproven(new Denial.Unauthenticated()));
            case Credential.Unclear(var problem) -> new Proof.Unproven(new Denial.Unclear(problem));
            case Credential.None none ->
                route.access().anonymous()
                        ? new Proof.Proven(Principal.ANONYMOUS)
                        : new Proof.Unproven(new Denial.Unauthenticated());
        };
    }

    /// Asked of whoever comes by, before anything that was sent is looked at.
    public boolean permits(Principal principal, Route route) {
        return AccessJudge.permits(route.access(), principal);
    }

    /// What lets a stream stay open that this request begins.
    public Standing standing(Principal principal, Route route, Credential credential) {
        var keyId = credential instanceof Credential.Key(var text)
                ? ApiKey.parse(text).map(ApiKey::id).orElse("")
                : "";
        return new Standing(principal, route.id(), keyId);
    }

    /// Room for the large messages of a principal, from it and to it.
    public Load room(Principal principal) {
        return room(principal.toString());
    }

    /// The same for an owner by name; empty for the gateway itself.
    public Load room(String owner) {
        return new Load(
                crowd,
                List.of(
                        new Crowd.Share(Scope.BYTES_OF_AGENT, owner, settings.bytesOfAgent()),
                        new Crowd.Share(Scope.BYTES_OF_NODE, NODE, settings.bytesOfNode())));
    }

    /// Cheapest and most local first. What an earlier policy granted is given back when a later one denies.
    public Admission admit(Call call) {
        if (!AccessJudge.permits(call.route().access(), call.principal())) {
            return new Admission.Denied(new Denial.Forbidden());
        }
        return take(List.of(
                new Crowd.Share(Scope.CALLS_OF_AGENT, call.principal().toString(), settings.callsOfAgent()),
                new Crowd.Share(Scope.CALLS_OF_NODE, NODE, settings.callsOfNode())));
    }

    /// A stream to a client, held from its first byte to its last.
    public Admission admitStream(Call call, String session) {
        if (!AccessJudge.permits(call.route().access(), call.principal())) {
            return new Admission.Denied(new Denial.Forbidden());
        }
        var shares = new ArrayList<Crowd.Share>(4);
        if (!session.isEmpty()) {
            shares.add(new Crowd.Share(Scope.STREAMS_OF_SESSION, session, settings.streamsOfSession()));
        }
        var principal = call.principal();
        shares.add(new Crowd.Share(Scope.STREAMS_OF_AGENT, principal.toString(), settings.streamsOfAgent()));
        shares.add(new Crowd.Share(Scope.STREAMS_OF_TENANT, principal.tenant().value(), settings.streamsOfTenant()));
        shares.add(new Crowd.Share(Scope.STREAMS_OF_NODE, NODE, settings.streamsOfNode()));
        return take(shares);
    }

    /// How many sessions a principal may have; counted where sessions are kept.
    public int sessionsOfAgent() {
        return settings.sessionsOfAgent();
    }

    public int callsUnderWay() {
        return crowd.count(Scope.CALLS_OF_NODE, NODE);
    }

    public int streamsOpen() {
        return crowd.count(Scope.STREAMS_OF_NODE, NODE);
    }

    /// Bytes of large messages.
    public int bytesHeld() {
        return crowd.count(Scope.BYTES_OF_NODE, NODE);
    }

    /// Every other permit that anybody holds; zero when nobody calls and nobody listens.
    public int held() {
        return crowd.total(scope -> scope != Scope.BYTES_OF_AGENT && scope != Scope.BYTES_OF_NODE);
    }

    private Admission take(List<Crowd.Share> shares) {
        var taken = new ArrayList<Permits>(1);
        return crowd.take(shares, taken)
                .<Admission>map(Admission.Denied::new)
                .orElseGet(() -> new Admission.Granted(taken.getFirst()));
    }
}
