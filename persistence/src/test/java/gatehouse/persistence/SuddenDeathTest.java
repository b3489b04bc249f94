package gatehouse.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.lifecycle.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a process was told is stored is there after it was killed in the middle of its work.
class SuddenDeathTest {

    private static final int ENOUGH = 3000; // acknowledged entries before the kill

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRESQL"})
    void every_acknowledged_entry_is_there_exactly_once(TestStore store) throws Exception {
        var url = store.url();

        var acknowledged = new TreeMap<String, Long>();
        for (var life = 0; life < 2; life++) {
            acknowledged.putAll(liveAndDie(url, life));
        }

        try (var storage = Storage.open(TestStore.settings(url, Map.of()))) {
            for (var stream : acknowledged.entrySet()) {
                var entries = Await.result(storage.outbox().read(Streams.stream("s", stream.getKey()), -1, 1_000_000));
                var numbers = entries.stream().map(Entry::number).toList();
                var expected = new ArrayList<Long>();
                for (var number = 0L; number < entries.size(); number++) {
                    expected.add(number);
                }
                assertThat(numbers).isEqualTo(expected);
                assertThat(entries.size())
                        .as(stream.getKey())
                        .isGreaterThan(stream.getValue().intValue());
                assertThat(entries)
                        .allSatisfy(entry -> assertThat(entry)
                                .isEqualTo(Streams.message(entry.number(), AppendingChild.text(entry.number()))));
            }
        }
    }

    /// The last number each stream had acknowledged, as far as the parent was told before and after the kill.
    private static Map<String, Long> liveAndDie(String url, int life) throws IOException, InterruptedException {
        var child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingChild.class.getName(),
                        url,
                        Integer.toString(life)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var acknowledged = new TreeMap<String, Long>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            var told = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ", -1);
                if (words.length == 3 && words[2].equals(".")) { // the last line may be cut short by the death
                    acknowledged.put(words[0], Long.parseLong(words[1]));
                }
                if (++told == ENOUGH) {
                    child.toHandle()
                            .destroyForcibly(); // by its handle: what it said before its death can still be read
                }
            }
            assertThat(told).isGreaterThanOrEqualTo(ENOUGH);
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(128 + 9);
        return acknowledged;
    }
}
