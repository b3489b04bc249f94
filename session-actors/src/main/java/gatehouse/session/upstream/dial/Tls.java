package gatehouse.session.upstream.dial;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// How upstreams prove who they are: TLS 1.2 or later, by a certificate for the host that was declared.
public final class Tls {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;

    private Tls(SSLContext context) {
        this.context = context;
    }

    /// Trusts whom the JDK trusts.
    public static Tls ofSystem() {
        try {
            return new Tls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without TLS", impossible);
        }
    }

    public static Tls of(SSLContext context) {
        return new Tls(context);
    }

    /// For one connection: names the host in the greeting, and checks the certificate against it.
    public SSLEngine engine(Locator locator) {
        var engine = context.createSSLEngine(locator.bareHost(), locator.port());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(VERSIONS);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
