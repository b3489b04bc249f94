package gatehouse.load.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a viewer sees of a cluster, and does to it.
public final class Show {

    private static final String HELP = """
              kill N     kill -9: nothing is said, nothing is written any more
              stop N     SIGTERM: the node leaves in good order
              freeze N   SIGSTOP: it is there, and does nothing
              thaw N     SIGCONT
              start N    start it again
              roll       stop and start each node in turn
              quit
            """;

    private final LocalCluster cluster;
    private final Ledger ledger;
    private final int clients;

    public Show(LocalCluster cluster, Ledger ledger, int clients) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.clients = clients;
    }

    /// Until the viewer has seen enough, or for so long if that is not zero.
    public void run(Duration length) throws IOException, InterruptedException {
        System.out.println("""

                %d nodes behind %s, which gives each request to the next of them.
                %d clients hear one number every 200 ms in sessions of their own, and call a tool twice a second.

                %s""".formatted(cluster.size(), cluster.route(), clients, HELP));
        var ticking = Thread.ofVirtual().start(this::tick);
        if (length.isZero()) {
            prompt();
        } else {
            Thread.sleep(length);
        }
        ticking.interrupt();
        ticking.join();
        report();
    }

    private void prompt() throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (var line = in.readLine(); ; line = in.readLine()) {
            if (line == null) {
                Thread.sleep(Long.MAX_VALUE); // nobody is at the prompt: until it is interrupted
            } else if (line.strip().equals("quit")) {
                return;
            } else if (!line.isBlank()) {
                obey(line.strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
            }
        }
    }

    private void obey(String[] words) throws IOException, InterruptedException {
        if (words[0].equals("roll")) {
            roll();
            return;
        }
        if (words.length != 2 || !words[1].matches("[1-9]") || Integer.parseInt(words[1]) > cluster.size()) {
            System.out.print(HELP);
            return;
        }
        var node = cluster.node(Integer.parseInt(words[1]));
        switch (words[0]) {
            case "kill" -> node.kill();
            case "stop" -> node.leave();
            case "freeze" -> node.freeze();
            case "thaw" -> node.thaw();
            case "start" -> node.start();
            default -> System.out.print(HELP);
        }
    }

    private void roll() throws IOException, InterruptedException {
        for (var n = 1; n <= cluster.size(); n++) {
            System.out.println("node " + n + " leaves, and comes back");
            cluster.node(n).leave();
            cluster.node(n).start();
            cluster.node(n).await();
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(1000);
                System.out.println(nodes() + " | " + ledger.sum().line());
            }
        } catch (InterruptedException over) {
            // the show is
        }
    }

    private String nodes() {
        return IntStream.rangeClosed(1, cluster.size())
                .mapToObj(n -> n
                        + (cluster.balancer().serves(n - 1)
                                ? "\u25cf"
                                : cluster.node(n).runs() ? "\u25d0" : "\u25cb"))
                .collect(Collectors.joining(" ", "nodes ", ""));
    }

    private void report() {
        var sum = ledger.sum();
        sum.complaints().forEach(complaint -> System.out.println("  " + complaint));
        System.out.println(sum.line());
        System.out.println(
                sum.lost() + sum.twice() + sum.sessionsLost() == 0
                        ? "lost 0, duplicate 0"
                        : "LOST " + sum.lost() + ", DUPLICATE " + sum.twice() + ", SESSIONS LOST "
                                + sum.sessionsLost());
    }
}
