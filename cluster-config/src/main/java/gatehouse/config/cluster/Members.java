package gatehouse.config.cluster;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;

/// The members of this node's cluster. Everybody computes everybody's name from the membership alone.
public final class Members implements Neighbours {

    private static final BigInteger NAMES =
            BigInteger.valueOf(Character.MAX_RADIX).pow(DIGITS);

    private final Cluster cluster;
    private final String here;

    public Members(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
        this.here = name(cluster.selfMember().uniqueAddress());
    }

    @Override
    public String here() {
        return here;
    }

    @Override
    public Whereabouts of(String name) {
        if (name.equals(here)) {
            return Whereabouts.HERE;
        }
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                        .anyMatch(member -> name.equals(name(member.uniqueAddress())))
                ? Whereabouts.THERE
                : Whereabouts.GONE;
    }

    /// How many serve, as far as this one can see.
    public long serving() {
        var state = cluster.state();
        return StreamSupport.stream(state.getMembers().spliterator(), false)
                .filter(Members::isUp)
                .filter(member -> !state.getUnreachable().contains(member))
                .count();
    }

    /// Whether this node, of all, does what must be done once. For a moment two may think so, or none.
    public boolean leads() {
        return cluster.selfMember().address().equals(cluster.state().getLeader());
    }

    private static boolean isUp(Member member) {
        return member.status().equals(MemberStatus.up());
    }

    static String name(UniqueAddress address) {
        var text = address.address() + "#" + address.longUid();
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            var digits = new BigInteger(1, hash).mod(NAMES).toString(Character.MAX_RADIX);
            return "0".repeat(DIGITS - digits.length()) + digits;
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
