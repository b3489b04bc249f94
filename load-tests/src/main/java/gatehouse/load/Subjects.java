package gatehouse.load;

import gatehouse.load.process.Fork;
import gatehouse.load.process.Watched;
import gatehouse.load.proxy.Nginx;
import gatehouse.load.report.CallReport;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Target;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import picocli.CommandLine.Option;

/// Which targets a run compares, and the upstream and yardsticks it starts for that.
final class Subjects implements Closeable {

    private static final List<String> LIGHT = List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=4");
    private static final List<String> LIKE_A_NODE = List.of("-XX:+UseG1GC", "-Xmx512m", "-XX:+UseCompactObjectHeaders");

    @Option(
            names = "--gateway",
            description = "URL of a route of the running node, such as http://127.0.0.1:8080/mcp/echo.")
    URI gateway = URI.create("");

    @Option(
            names = "--crossed",
            description = "URL of a route of the same node whose upstream speaks the other era, such as"
                    + " http://127.0.0.1:8080/mcp/echo-legacy for call-modern: what crossing adds.")
    URI crossed = URI.create("");

    @Option(names = "--key", defaultValue = "", description = "API key of an agent, sent as bearer token.")
    String key = "";

    @Option(names = "--gateway-pid", description = "Process id of the node, to know what a call costs it.")
    long gatewayPid;

    @Option(names = "--upstream", description = "URL of a running `load echo`; without it one is started.")
    URI upstream = URI.create("");

    @Option(
            names = "--echo-port",
            defaultValue = "9100",
            description =
                    "Where the echo is started; the node's upstream has to point there (default: ${DEFAULT-VALUE}).")
    int echoPort;

    @Option(names = "--skip", split = ",", description = "Yardsticks to leave out: nginx, bare-proxy.")
    List<String> skip = List.of();

    private final Deque<Closeable> started = new ConcurrentLinkedDeque<>();

    /// Direct first, then the yardsticks, then the gateway if there is one.
    List<Subject> start() throws IOException {
        var subjects = new ArrayList<Subject>();
        var wanted = gateway.toString().isEmpty() ? List.<Subject>of() : List.of(theGateway());
        var direct = direct();
        subjects.add(direct);
        if (!skip.contains(CallReport.NGINX)) {
            subjects.addAll(nginx(direct.target()));
        }
        if (!skip.contains(CallReport.BARE_PROXY)) {
            subjects.add(fork(
                    CallReport.BARE_PROXY,
                    LIKE_A_NODE,
                    "bare-proxy",
                    "--upstream",
                    direct.target().url().toString()));
        }
        subjects.addAll(wanted);
        if (!crossed.toString().isEmpty()) {
            theGateway();
            subjects.add(new Subject(Target.at(CallReport.CROSSED, crossed, new Key(key)), new Watched(gatewayPid)));
        }
        return subjects;
    }

    Subject theGateway() {
        if (gateway.toString().isEmpty()) {
            throw new IllegalArgumentException("--gateway is missing: the URL of a route of the running node");
        }
        return new Subject(Target.at(CallReport.GATEWAY, gateway, new Key(key)), new Watched(gatewayPid));
    }

    /// The upstream itself, started here unless it runs already.
    Subject direct() throws IOException {
        return direct(0);
    }

    /// @param tools that the upstream lists beside those that work
    Subject direct(int tools) throws IOException {
        if (!upstream.toString().isEmpty()) {
            return new Subject(Target.at(CallReport.DIRECT, upstream, Key.NONE), Watched.UNKNOWN);
        }
        Bound.check("--echo-port", echoPort, 0, 65_535);
        return fork(
                CallReport.DIRECT,
                LIGHT,
                "echo",
                "--port",
                Integer.toString(echoPort),
                "--tools",
                Integer.toString(tools));
    }

    /// Whoever interrupts a run must not leave a proxy behind either.
    private void stopAlso(Closeable process) {
        if (started.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopAll));
        }
        started.push(process);
    }

    private void stopAll() {
        try {
            close();
        } catch (IOException e) {
            System.err.println("something that was started may still run: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        for (var process = started.pollFirst(); process != null; process = started.pollFirst()) {
            process.close();
        }
    }

    private List<Subject> nginx(Target direct) throws IOException {
        var binary = Nginx.installed();
        if (binary.isEmpty()) {
            System.out.println(
                    "nginx is not installed (Debian: nginx-light): its row and the ratios to it are left out");
            return List.of();
        }
        var nginx = Nginx.start(binary.get(), direct.host());
        stopAlso(nginx);
        var url = URI.create("http://127.0.0.1:" + nginx.port() + direct.path());
        return List.of(new Subject(Target.at(CallReport.NGINX, url, Key.NONE), new Watched(nginx.pid())));
    }

    private Subject fork(String name, List<String> flags, String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--until-eof");
        var fork = Fork.java(flags, Load.class, all);
        stopAlso(fork);
        return new Subject(Target.at(name, URI.create(fork.firstLine()), Key.NONE), new Watched(fork.pid()));
    }
}
