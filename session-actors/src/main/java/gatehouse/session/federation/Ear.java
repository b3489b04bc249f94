package gatehouse.session.federation;

import gatehouse.config.catalogue.UpstreamId;

/// Hears which upstream of a joined route failed whoever asked it, and how, in our words.
public interface Ear {

    void failed(UpstreamId upstream, String reason);
}
