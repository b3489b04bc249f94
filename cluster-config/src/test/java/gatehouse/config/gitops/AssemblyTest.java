package gatehouse.config.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.RouteId;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblyTest {

    @TempDir
    Path directory;

    private Declarations declarations;

    @BeforeEach
    void write() {
        declarations = Declarations.good(directory);
    }

    @Test
    void what_fits_together_has_no_problem() {
        assertThat(declarations.problems()).isEmpty();
    }

    @Test
    void a_name_that_nothing_bears_is_told_with_its_line_and_the_nearest_one() {
        declarations.with("routes/echo.yaml", "id: echo\nupstream: ecko\naccess:\n  agents: [reader, redaer]\n");

        assertThat(declarations.problems())
                .containsExactly(
                        "routes/echo.yaml: 2: upstream names \"ecko\", which no document declares;"
                                + " did you mean \"echo\"?",
                        "routes/echo.yaml: 4: access.agents[1] names \"redaer\", which no document declares;"
                                + " did you mean \"reader\"?");
    }

    @Test
    void all_problems_of_all_files_are_told_at_once() {
        declarations
                .with("tenants/orchard.yaml", "id: Orchard!\ntitle: Orchard\n")
                .with("upstreams/echo.yaml", "id: echo\ntenant: orchard\nurl: ftp://x/\nlimits:\n  calls: 0\n")
                .with("routes/echo.yaml", "id: echo\nupstream: echo\n");

        assertThat(declarations.problems())
                .containsExactly(
                        "agents/reader.yaml: 2: tenant names \"orchard\", which no document declares",
                        "routes/echo.yaml: 1: access is missing",
                        "tenants/orchard.yaml: 1: id is not 1 to 63 of a-z, 0-9 and -",
                        "upstreams/echo.yaml: 2: tenant names \"orchard\", which no document declares",
                        "upstreams/echo.yaml: 3: url is neither an http nor an https URL",
                        "upstreams/echo.yaml: 5: limits.calls is 0, not between 1 and 10000");
    }

    @Test
    void an_id_may_be_taken_only_once() {
        declarations.with("routes/second.yaml", "id: echo\nupstream: echo\naccess: { anonymous: true }\n");

        assertThat(declarations.problems())
                .containsExactly("routes/second.yaml: 1: id \"echo\" is taken by routes/echo.yaml: 1");
    }

    @Test
    void a_key_may_belong_to_one_agent_only() {
        declarations.with(
                "agents/thief.yaml",
                "id: thief\ntenant: orchard\nkeys: [{id: abcdefghi0, sha256: %s, expires: 2027-01-01}]\n"
                        .formatted("0b".repeat(32)));

        assertThat(declarations.problems())
                .containsExactly("agents/thief.yaml: 3: keys[0].id \"abcdefghi0\" is taken by agents/reader.yaml: 4");
    }

    @Test
    void a_key_nobody_knows_is_a_problem_and_not_ignored() {
        declarations.with("routes/echo.yaml", "id: echo\nupstream: echo\nacess: {}\naccess: { anonymous: yes }\n");

        assertThat(declarations.problems())
                .containsExactly(
                        "routes/echo.yaml: 3: acess is unknown; did you mean \"access\"?",
                        "routes/echo.yaml: 4: access.anonymous is not true or false");
    }

    @Test
    void a_route_that_serves_old_clients_says_until_when() {
        declarations.with(
                "routes/echo.yaml",
                "id: echo\nupstream: echo\naccess: { anonymous: true }\nsse: { until: 2027-03-31 }\n");

        assertThat(declarations.problems()).isEmpty();
        assertThat(declarations
                        .catalogue()
                        .route(new RouteId("echo"))
                        .orElseThrow()
                        .sse())
                .isEqualTo(Instant.parse("2027-04-01T00:00:00Z"));

        declarations.with("routes/echo.yaml", "id: echo\nupstream: echo\naccess: { anonymous: true }\nsse: {}\n");

        assertThat(declarations.problems()).containsExactly("routes/echo.yaml: 4: sse.until is missing");
    }

    @Test
    void a_key_written_twice_is_a_problem() {
        declarations.with("routes/echo.yaml", "id: echo\nupstream: echo\naccess: { anonymous: true }\nid: other\n");

        assertThat(declarations.problems()).containsExactly("routes/echo.yaml: 4: id is written twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"command: rm", "args: [-rf]", "env: { A: b }"})
    void nothing_that_would_start_a_process_is_taken(String line) {
        declarations.with("routes/echo.yaml", "id: echo\nupstream: echo\naccess: { anonymous: true }\n" + line);

        assertThat(declarations.problems())
                .containsExactly("routes/echo.yaml: 4: " + line.substring(0, line.indexOf(':'))
                        + " is refused: the gateway starts no process; run the MCP server and give its url");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://mcp.example.com/mcp    | public   | ''
                    http://mcp.example.com/mcp     | public   | is http, which only an upstream with network
                    http://mcp.example.com/mcp     | private  | ''
                    http://[::1]:8080/mcp          | loopback | ''
                    ftp://mcp.example.com/mcp      | public   | is neither an http nor an https URL
                    file:///etc/passwd             | public   | is neither an http nor an https URL
                    mcp.example.com                | public   | is neither an http nor an https URL
                    https://user:secret@host/mcp   | public   | carries a user or password
                    https://mcp.example.com/mcp#x  | public   | has a fragment
                    https:///mcp                   | public   | has no host name
                    https://host:99999/mcp         | public   | has no host name
                    https://ho st/mcp              | public   | is not a URL
                    """)
    void an_upstream_is_only_where_it_may_be(String url, String network, String problem) {
        declarations.with(
                "upstreams/echo.yaml", "id: echo\ntenant: orchard\nurl: '%s'\nnetwork: %s\n".formatted(url, network));

        assertThat(declarations.problems().stream().findFirst().orElse(""))
                .contains(problem)
                .doesNotContain("secret");
    }

    @Test
    void a_key_pasted_where_its_hash_belongs_is_not_repeated() {
        declarations.with("agents/reader.yaml", """
                id: reader
                tenant: orchard
                keys:
                  - id: abcdefghi
                    sha256: gh_live_abcdefghi0_S3CR3T
                    expires: soon
                    gh_live_abcdefghi0_Abcdefghijklmnopqrstuvwxyz: x
                """);

        assertThat(declarations.problems())
                .containsExactly(
                        "agents/reader.yaml: 4: keys[0].id is not the id of a key:"
                                + " the 10 letters and digits after its second underscore",
                        "agents/reader.yaml: 5: keys[0].sha256 is not the SHA-256 of the whole key in 64 lower-case hex"
                                + " digits; never write the key itself",
                        "agents/reader.yaml: 6: keys[0].expires is not a date such as 2027-06-30 or an instant such as"
                                + " 2027-06-30T12:00:00Z",
                        "agents/reader.yaml: 7: keys[0].gh_live_abcdefghi0_Abcdefghijklmnopqrstu… is unknown");
    }

    @Test
    void an_anonymous_route_names_nobody() {
        declarations.with(
                "routes/echo.yaml", "id: echo\nupstream: echo\naccess: { anonymous: true, tenants: [orchard] }\n");

        assertThat(declarations.problems())
                .containsExactly("routes/echo.yaml: 3: access is anonymous, which lets in everybody; name nobody, or"
                        + " drop anonymous");
    }

    @Test
    void numbers_durations_sizes_and_words_are_read_strictly() {
        declarations
                .with("upstreams/echo.yaml", """
                        id: echo
                        tenant: orchard
                        url: https://mcp.example.com/
                        network: Private
                        speaks: klingon
                        limits: { calls: "8", streams: 1.5, connect: 30, deadline: 99 d, quiet: [] }
                        """)
                .with(
                        "routes/echo.yaml",
                        "id: echo\nupstream: echo\naccess: { tenants: orchard }\nbody: 1\norigins: ['*']");

        assertThat(declarations.problems())
                .containsExactly(
                        "routes/echo.yaml: 3: access.tenants is not a list",
                        "routes/echo.yaml: 4: body is not a size with its unit, such as 4 MiB",
                        "routes/echo.yaml: 5: origins[0] is not an origin such as https://tools.example.org",
                        "upstreams/echo.yaml: 4: network is not public, private or loopback",
                        "upstreams/echo.yaml: 5: speaks is not auto, legacy, modern, both or sse",
                        "upstreams/echo.yaml: 6: limits.calls is not a whole number",
                        "upstreams/echo.yaml: 6: limits.connect is not a duration with its unit, such as 250 ms",
                        "upstreams/echo.yaml: 6: limits.deadline is 8553600 s, not between 100 ms and 3600 s",
                        "upstreams/echo.yaml: 6: limits.quiet is not a duration with its unit, such as 250 ms",
                        "upstreams/echo.yaml: 6: limits.streams is not a whole number");
    }

    @Test
    void a_key_pasted_where_an_id_belongs_is_not_repeated() {
        declarations.with(
                "routes/echo.yaml", "id: echo\nupstream: gh_live_S3CR3T\naccess: { agents: [gh_live_S3CR3T] }\n");

        assertThat(declarations.problems())
                .containsExactly(
                        "routes/echo.yaml: 2: upstream is not 1 to 63 of a-z, 0-9 and -",
                        "routes/echo.yaml: 3: access.agents[0] is not 1 to 63 of a-z, 0-9 and -");
    }

    @Test
    void a_route_that_joins_several_says_what_each_is_called() {
        declarations.with("routes/echo.yaml", """
                id: echo
                upstreams:
                  - {alias: one, upstream: echo}
                  - {alias: two, upstream: ecko}
                  - {alias: one, upstream: echo}
                  - {alias: Two__, upstream: echo, prefix: x}
                  - {upstream: echo}
                  - echo
                access: { anonymous: true }
                """);

        assertThat(declarations.problems())
                .containsExactly(
                        "routes/echo.yaml: 4: upstreams[1].upstream names \"ecko\", which no document declares;"
                                + " did you mean \"echo\"?",
                        "routes/echo.yaml: 5: upstreams[2].alias \"one\" is taken by upstreams[0].alias",
                        "routes/echo.yaml: 6: upstreams[3].alias is not a letter of a-z and up to 15 more letters or"
                                + " digits of a-z, 0-9",
                        "routes/echo.yaml: 6: upstreams[3].prefix is unknown",
                        "routes/echo.yaml: 7: upstreams[4].alias is missing",
                        "routes/echo.yaml: 8: upstreams[5] is not a mapping of keys to values");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upstreams: []                                                     | upstreams joins 0 upstreams
            upstreams: [{alias: a, upstream: echo}]                           | upstreams joins 1 upstreams
            upstreams: echo                                                   | upstreams is not a list
            {upstreams: [{alias: a, upstream: echo}, {alias: b, upstream: echo}], upstream: echo} | upstream and upstreams
            """)
    void a_route_leads_to_one_upstream_or_to_several(String line, String problem) {
        var rest = line.startsWith("{") ? line.substring(1, line.length() - 1).replace("], ", "]\n") : line;
        declarations.with("routes/echo.yaml", "id: echo\n" + rest + "\naccess: { anonymous: true }\n");

        assertThat(declarations.problems())
                .hasSizeBetween(1, 2)
                .anySatisfy(told -> assertThat(told).contains(problem));
    }

    @Test
    void a_hundred_upstreams_can_be_joined_and_no_more() {
        declarations.with("routes/echo.yaml", joining(100));
        assertThat(declarations.problems()).isEmpty();

        declarations.with("routes/echo.yaml", joining(101));
        assertThat(declarations.problems())
                .containsExactly("routes/echo.yaml: 3: upstreams joins 101 upstreams, not 2 to 100; a single one is"
                        + " named by upstream");
    }

    private static String joining(int members) {
        var text = new StringBuilder("id: echo\nupstreams:\n");
        for (int i = 0; i < members; i++) {
            text.append("  - {alias: a").append(i).append(", upstream: echo}\n");
        }
        return text.append("access: { anonymous: true }\n").toString();
    }

    /// A generated file must not fill the heap with what is wrong with it.
    @Test
    void a_thousand_problems_are_told_and_no_more() {
        var text = new StringBuilder("id: echo\nupstream: echo\naccess:\n  agents:\n");
        for (int i = 0; i < 5000; i++) {
            text.append("    - nobody-").append(i).append('\n');
        }
        declarations.with("routes/echo.yaml", text.toString());

        assertThat(declarations.problems()).hasSize(Ledger.MOST_PROBLEMS);
    }
}
