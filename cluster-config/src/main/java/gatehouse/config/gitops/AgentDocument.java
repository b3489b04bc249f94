package gatehouse.config.gitops;

import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.KeyHash;
import gatehouse.config.catalogue.TenantId;
import java.time.Instant;
import java.util.regex.Pattern;

/// How `agents/*.yaml` declares an [Agent].
final class AgentDocument {

    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Za-z]{10}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private AgentDocument() {}

    static Agent read(String id, Section document) {
        var tenant = Ids.reference(document.value("tenant").required(), Kind.TENANT);
        var keys = document.value("keys").items().stream()
                .flatMap(item -> item.section().stream())
                .map(AgentDocument::key)
                .toList();
        return new Agent(new AgentId(id), new TenantId(tenant), keys);
    }

    private static AgentKey key(Section entry) {
        var keyId = keyId(entry.value("id").required());
        var hash = hash(entry.value("sha256").required());
        var expires = expiry(entry.value("expires").required());
        entry.finish();
        return new AgentKey(keyId, hash, expires);
    }

    private static String keyId(Value at) {
        var id = at.written();
        var fits = id.filter(written -> KEY_ID.matcher(written.value()).matches());
        at.check(
                id.isEmpty() || fits.isPresent(),
                "is not the id of a key: the 10 letters and digits after its second underscore");
        fits.ifPresent(at.ledger().keyIds()::add);
        return fits.map(Written::value).orElse("");
    }

    private static KeyHash hash(Value at) {
        var hash = at.written().map(Written::value);
        at.check(
                hash.isEmpty() || SHA256.matcher(hash.get()).matches(),
                "is not the SHA-256 of the whole key in 64 lower-case hex digits; never write the key itself");
        return new KeyHash(hash.orElse(""));
    }

    private static Instant expiry(Value at) {
        return at.parsed(Days.EXPECTED, Days::end).orElse(Instant.MAX);
    }
}
