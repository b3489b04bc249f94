package gatehouse.session.federation;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;

/// What one upstream is listened to for, on behalf of one principal. However many clients have the same need, the
/// upstream has one stream open for it.
record Need(Upstream upstream, Principal principal, ListenFilter filter) {}
