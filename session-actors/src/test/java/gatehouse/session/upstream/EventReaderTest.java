package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.upstream.EventReader.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void every_kind_of_line_end_is_understood(String end) {
        var stream = "id: 7" + end + "retry: 250" + end + "data: a" + end + "data:b" + end + end;

        assertThat(read(stream)).containsExactly(frame("7", 250, "a\nb"));
    }

    @Test
    void comments_and_unknown_fields_are_skipped() {
        assertThat(read(": ping\n\n:\n\nfoo: bar\ndata: x\nbar\n\n")).containsExactly(frame("", -1, "x"));
    }

    /// A chain of single bytes would cost a hundred times what they say.
    @Test
    void what_came_in_single_bytes_or_lines_is_kept_in_one_piece() {
        var reader = new EventReader(1 << 20);
        var frames = new ArrayList<Frame>();
        ("data: " + "x".repeat(5000) + "\n" + "data\n".repeat(1000) + "\n")
                .chars()
                .forEach(c -> frames.addAll(reader.read(ByteString.fromString(Character.toString(c)))));

        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.data().utf8String()).isEqualTo("x".repeat(5000) + "\n".repeat(1000));
            assertThat(frame.data().getByteBuffers()).hasSize(1);
        });
    }

    @Test
    void only_one_blank_after_the_colon_is_dropped() {
        assertThat(read("data:  x\n\ndata:y\n\n")).containsExactly(frame("", -1, " x"), frame("", -1, "y"));
    }

    @Test
    void a_byte_order_mark_at_the_start_is_skipped() {
        assertThat(read("\uFEFFdata: x\n\n\uFEFFdata: y\n\n")).containsExactly(frame("", -1, "x"));
    }

    @Test
    void an_id_without_data_primes() {
        assertThat(read("id: 1\ndata:\n\nid: 2\n\nretry: 5\n\n"))
                .containsExactly(frame("1", -1, ""), frame("2", -1, ""), frame("", 5, ""));
    }

    @Test
    void an_event_with_nothing_in_it_is_none() {
        assertThat(read("\n\ndata\n\ndata:\n\nevent: message\n\n")).isEmpty();
    }

    @Test
    void other_types_of_event_carry_no_message() {
        assertThat(read("event: endpoint\ndata: /x\n\nevent: message\ndata: y\n\n"))
                .containsExactly(new Frame("", -1, ByteString.emptyByteString(), "/x"), frame("", -1, "y"));
        assertThat(read("event: news\ndata: /x\n\n")).isEmpty();
    }

    @Test
    void an_id_that_no_header_can_carry_is_ignored() {
        assertThat(read("id: a\0b\ndata: x\n\nid: ü\ndata: y\n\nid: " + "z".repeat(2000) + "\ndata: z\n\n"))
                .containsExactly(frame("", -1, "x"), frame("", -1, "y"), frame("", -1, "z"));
    }

    @Test
    void a_retry_that_is_no_number_is_ignored() {
        assertThat(read("retry: 1e3\nretry: -1\nretry: 99999999999\ndata: x\n\n"))
                .containsExactly(frame("", -1, "x"));
    }

    @Test
    void an_event_cut_short_is_none() {
        assertThat(read("data: x\n\ndata: y\n")).containsExactly(frame("", -1, "x"));
    }

    @Test
    void a_line_without_end_fills_the_reader() {
        var reader = new EventReader(100);

        reader.read(ByteString.fromString("data: " + "x".repeat(94)));
        assertThat(reader.isOverfull()).isFalse();
        reader.read(ByteString.fromString("x"));
        assertThat(reader.isOverfull()).isTrue();
    }

    @Test
    void many_lines_fill_the_reader_and_many_events_do_not() {
        var lines = new EventReader(100);
        var events = new EventReader(100);

        for (int i = 0; i < 20; i++) {
            lines.read(ByteString.fromString("data: 123456\n"));
            events.read(ByteString.fromString("data: 123456\n\n: comment\nid: 1\n\n"));
        }

        assertThat(lines.isOverfull()).isTrue();
        assertThat(events.isOverfull()).isFalse();
    }

    /// Wherever the network cuts a stream, the events are the same.
    @RepeatedTest(50)
    void cuts_change_nothing(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var stream = ByteString.fromString(
                "\uFEFF: hi\r\n\r\nid: 1\r\ndata: {\"ä\":1}\r\n\r\nid: 2\rdata: a\rdata: b\r\rretry: 10\ndata: ü\n\n");
        var reader = new EventReader(1000);
        var frames = new ArrayList<Frame>();

        while (!stream.isEmpty()) {
            var cut = random.nextInt(1, 6);
            frames.addAll(reader.read(stream.take(cut)));
            stream = stream.drop(cut);
        }

        assertThat(frames)
                .as("seed %d", run.getCurrentRepetition())
                .containsExactly(frame("1", -1, "{\"ä\":1}"), frame("2", -1, "a\nb"), frame("", 10, "ü"));
    }

    private static List<Frame> read(String stream) {
        return new EventReader(10_000).read(ByteString.fromString(stream));
    }

    private static Frame frame(String id, long retry, String data) {
        return new Frame(id, retry, ByteString.fromString(data));
    }
}
