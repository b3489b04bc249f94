package gatehouse.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.settings.BadConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {

    private final StringWriter said = new StringWriter();

    @Test
    void a_store_in_use_is_recognised_wherever_it_stands_in_the_chain() {
        var locked = new IllegalStateException(
                "no pool",
                new IllegalStateException(
                        "Database may be already in use: \"x\"", new IllegalStateException("The file is locked")));

        assertThat(told(locked)).isEqualTo(1);
        assertThat(said.toString()).contains("in use by another node").doesNotContain("The file is locked");
    }

    @Test
    void a_taken_port_comes_with_what_to_do() {
        assertThat(told(new IllegalStateException(new BindException("127.0.0.1:8080 is taken"))))
                .isEqualTo(1);
        assertThat(said.toString()).contains("127.0.0.1:8080 is taken: choose another port");
    }

    @Test
    void everything_that_is_wrong_with_the_configuration_is_named() {
        assertThat(told(new BadConfig(List.of("a: wrong", "b: wrong")))).isEqualTo(2);
        assertThat(said.toString()).contains("a: wrong", "b: wrong", "2 problems; nothing was started");
    }

    @Test
    void without_a_message_there_is_at_least_a_name() {
        assertThat(told(new IllegalStateException())).isEqualTo(1);
        assertThat(said.toString()).contains("IllegalStateException");
    }

    private int told(RuntimeException failure) {
        return new CommandLine(new Failing(failure))
                .setErr(new PrintWriter(said, true))
                .setExecutionExceptionHandler(new Failures())
                .execute();
    }

    @Command(name = "failing")
    private record Failing(RuntimeException failure) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw failure;
        }
    }
}
