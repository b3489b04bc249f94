package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;

/// The lists of all members as one, page by page as they are sent: a warm answer only gets its id and its time to live.
final class JointList {

    private static final Id NOBODYS = new Id.Number(0);
    private static final ByteString COMMA = ByteString.fromString(",");

    private final List<Part> parts;
    private final List<Part> beside;
    private final String version;
    private final List<Page> pages;
    private final long weight;

    private JointList(List<Part> parts, List<Part> beside, String version, List<Page> pages) {
        this.parts = parts;
        this.beside = beside;
        this.version = version;
        this.pages = pages;
        this.weight = pages.stream().mapToLong(Page::weight).sum();
    }

    /// A page as it was given last. Its time to live is told in whole seconds, so that it is written once a second
    /// and
    /// not once a request.
    private static final class Page {

        private volatile Message message;

        Page(Message message) {
            this.message = message;
        }

        Message goodFor(Duration life) {
            var told = message.with(Place.RESULT_TTL_MS, Long.toString(1000 * life.toSeconds()));
            message = told;
            return told;
        }

        int weight() {
            return message.bytes().size();
        }
    }

    /// What pages are made of.
    ///
    /// @param shared whether anybody may keep the answer
    record Form(ListKind kind, Cursors cursors, FederationSettings.Pages size, boolean shared) {}

    /// @param beside what else the rendering depended on
    static JointList of(List<Part> parts, List<Part> beside, Form form, Rendering rendering) {
        var items = new ArrayList<ByteString>();
        parts.forEach(part -> items.addAll(rendering.items(part)));
        var version = version(items);
        var cut = pages(items, form.size());
        var pages = new ArrayList<Page>();
        for (int i = 0; i < cut.size(); i++) {
            var next = i + 1 < cut.size() ? Optional.of(form.cursors().at(version, i + 1)) : Optional.<String>empty();
            pages.add(new Page(page(cut.get(i), next, parts, form)));
        }
        return new JointList(List.copyOf(parts), List.copyOf(beside), version, List.copyOf(pages));
    }

    boolean stillStandsFor(List<Part> now, List<Part> besideNow) {
        return Part.same(parts, now) && Part.same(beside, besideNow);
    }

    /// The same version means the same items in the same order.
    String version() {
        return version;
    }

    List<Part> parts() {
        return parts;
    }

    long weight() {
        return weight;
    }

    boolean isOffered() {
        return parts.stream().anyMatch(part -> part.isOffered() || part.isMissing());
    }

    /// A page as the answer to a request; empty where there is no such page.
    Optional<Message> page(int number, Id id, Instant now) {
        return number < 0 || number >= pages.size()
                ? Optional.empty()
                : Optional.of(pages.get(number).goodFor(life(now)).withId(id));
    }

    /// How long the answer is good: as long as all its parts. One that lacks a part is not.
    private Duration life(Instant now) {
        return parts.stream()
                .map(part -> part.entry()
                        .map(entry -> Duration.between(now, entry.until()))
                        .orElse(Duration.ZERO))
                .min(Duration::compareTo)
                .filter(life -> !life.isNegative())
                .orElse(Duration.ZERO);
    }

    private static List<List<ByteString>> pages(List<ByteString> items, FederationSettings.Pages size) {
        var pages = new ArrayList<List<ByteString>>();
        var page = new ArrayList<ByteString>();
        long bytes = 0;
        for (var item : items) {
            if (!page.isEmpty() && (page.size() == size.items() || bytes + item.size() > size.bytes())) {
                pages.add(page);
                page = new ArrayList<>();
                bytes = 0;
            }
            page.add(item);
            bytes += item.size();
        }
        pages.add(page);
        return pages;
    }

    private static Message page(List<ByteString> items, Optional<String> next, List<Part> parts, Form form) {
        var json = new ByteStringBuilder();
        json.append(ByteString.fromString("{\"" + form.kind().array() + "\":["));
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? ByteString.emptyByteString() : COMMA).append(items.get(i));
        }
        var cursor =
                next.map(text -> "\"nextCursor\":" + Json.quote(text) + ",").orElse("");
        json.append(ByteString.fromString("]," + cursor + "\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\""
                + (form.shared() ? "public" : "private") + "\",\"_meta\":" + meta(missing(parts)) + "}"));
        return Message.result(NOBODYS, json.result());
    }

    /// Who the gateway is, and whose answer is missing: by alias, never by address, and never in a member's words.
    static String meta(List<Alias> missing) {
        var partial = missing.isEmpty()
                ? ""
                : ",\"gatehouse/partial\":"
                        + missing.stream()
                                .map(alias -> Json.quote(alias.value()))
                                .toList();
        return "{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"gatehouse\",\"version\":\"0.1\"}" + partial + "}";
    }

    static List<Alias> missing(List<Part> parts) {
        return parts.stream()
                .filter(Part::isMissing)
                .map(part -> part.member().alias())
                .toList();
    }

    private static String version(List<ByteString> items) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            items.forEach(item -> {
                digest.update(item.toArrayUnsafe());
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
