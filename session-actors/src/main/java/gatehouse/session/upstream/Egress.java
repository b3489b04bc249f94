package gatehouse.session.upstream;

import gatehouse.session.upstream.dial.SafeDialler;
import gatehouse.session.upstream.dial.SystemResolver;
import gatehouse.session.upstream.dial.Tls;

/// The way out: who looks names up and judges them, and whose certificates are believed.
public record Egress(SafeDialler dialler, Tls tls) {

    public static Egress ofSystem(UpstreamSettings.Dialling settings) {
        var resolver = new SystemResolver(settings.parallel());
        return new Egress(new SafeDialler(resolver, settings.lookup()), Tls.ofSystem());
    }
}
