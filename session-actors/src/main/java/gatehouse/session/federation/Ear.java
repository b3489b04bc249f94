package gatehouse.session.federation;

import gatehouse.config.catalogue.UpstreamId;
import gatehouse.session.upstream.Fault;

/// Hears which upstream of a joined route failed whoever asked it, and how, in our words.
public interface Ear {

    void failed(UpstreamId upstream, Fault fault);
}
