package gatehouse.load.cluster;

import java.io.IOException;
import java.time.Duration;

/// Something that happens to a cluster, and is over after a while.
public sealed interface Fault {

    /// What a reader of the ledger sees.
    String name();

    /// Returns when it is over: what was ended is started again, and serves.
    void happen(LocalCluster cluster) throws IOException, InterruptedException;

    /// kill -9, and a while later started again.
    record Kill(int node, Duration away) implements Fault {
        @Override
        public String name() {
            return "kill -9 of node " + node;
        }

        @Override
        public void happen(LocalCluster cluster) throws IOException, InterruptedException {
            cluster.node(node).kill();
            Thread.sleep(away);
            cluster.node(node).start();
            cluster.await();
        }
    }

    /// SIGTERM and a new start, one node after the other.
    record Roll() implements Fault {
        @Override
        public String name() {
            return "rolling restart";
        }

        @Override
        public void happen(LocalCluster cluster) throws IOException, InterruptedException {
            for (var n = 1; n <= cluster.size(); n++) {
                if (!cluster.node(n).leave()) {
                    throw new IOException("node " + n + " does not stop");
                }
                cluster.node(n).start();
                cluster.await();
            }
        }
    }

    /// SIGSTOP past the failure detector, then SIGCONT. A node that ends by itself then is started again.
    record Freeze(int node, Duration length) implements Fault {
        @Override
        public String name() {
            return "node " + node + " frozen for " + length.toSeconds() + " s";
        }

        @Override
        public void happen(LocalCluster cluster) throws IOException, InterruptedException {
            cluster.node(node).freeze();
            Thread.sleep(length);
            cluster.node(node).thaw();
            Thread.sleep(Duration.ofSeconds(5));
            if (!cluster.node(node).isReady()) {
                cluster.node(node).kill();
            }
            cluster.node(node).start();
            cluster.await();
        }
    }

    /// The database stops, and comes back.
    record StoreAway(Duration length) implements Fault {
        @Override
        public String name() {
            return "database away for " + length.toSeconds() + " s";
        }

        @Override
        public void happen(LocalCluster cluster) throws IOException, InterruptedException {
            cluster.store().stop();
            Thread.sleep(length);
            cluster.store().start();
            cluster.await();
        }
    }

    /// Nothing happens: what the others are compared with.
    record Calm(Duration length) implements Fault {
        @Override
        public String name() {
            return "calm";
        }

        @Override
        public void happen(LocalCluster cluster) throws InterruptedException {
            Thread.sleep(length);
        }
    }
}
