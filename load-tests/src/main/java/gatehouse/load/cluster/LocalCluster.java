package gatehouse.load.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Nodes in processes of their own, the PostgreSQL they share, an upstream behind them and a balancer in front.
public final class LocalCluster implements Closeable {

    private static final Duration BEAT = Duration.ofMillis(200);

    private final Deque<Closeable> started = new ArrayDeque<>();
    private final List<RunningMember> members = new ArrayList<>();
    private final Ticker ticker;
    private final Balancer balancer;
    private final Store store;

    private LocalCluster(Ticker ticker, Balancer balancer, Store store) {
        this.store = store;
        this.ticker = ticker;
        this.balancer = balancer;
    }

    /// What a cluster is made of.
    ///
    /// @param port of the balancer; 0 for any
    /// @param jvm options of every node's virtual machine
    /// @param settings lines of every `node.conf`
    public record Make(Path directory, Path launcher, int nodes, int port, String jvm, List<String> settings) {
        public Make {
            settings = List.copyOf(settings);
        }
    }

    /// Blocks until all nodes serve. Nothing is left behind where that fails.
    public static LocalCluster start(Make make) throws IOException, InterruptedException {
        var plan = ClusterPlan.make(make.directory(), make.nodes());
        Deque<Closeable> before = new ArrayDeque<>();
        try {
            var store = new Store(plan);
            before.push(store);
            var ticker = Ticker.start(BEAT);
            before.push(ticker::close);
            var balancer = Balancer.start(
                    make.port(),
                    plan.members().stream().map(ClusterPlan.Member::address).toList());
            before.push(balancer::close);
            plan.declare(ticker.url(), balancer.port(), make.settings());
            var cluster = new LocalCluster(ticker, balancer, store);
            cluster.started.addAll(before);
            before = cluster.started;
            for (var member : plan.members()) {
                var node = new RunningMember(member, make.launcher(), make.jvm());
                before.push(node);
                cluster.members.add(node);
                node.start();
            }
            cluster.await();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            stop(before);
            throw failure;
        }
    }

    /// By number, from 1.
    public RunningMember node(int number) {
        return members.get(number - 1);
    }

    public int size() {
        return members.size();
    }

    /// The database of all nodes.
    public Store store() {
        return store;
    }

    /// Waits until every node that runs serves.
    public void await() throws IOException, InterruptedException {
        for (var node : members) {
            if (node.runs()) {
                node.await();
            }
        }
    }

    public Balancer balancer() {
        return balancer;
    }

    public Ticker ticker() {
        return ticker;
    }

    /// The route, by way of the balancer.
    public URI route() {
        return URI.create("http://127.0.0.1:" + balancer.port() + "/mcp/" + ClusterPlan.ROUTE);
    }

    @Override
    public void close() throws IOException {
        stop(started);
    }

    private static void stop(Deque<Closeable> started) throws IOException {
        for (var last = started.poll(); last != null; last = started.poll()) {
            last.close();
        }
    }
}
