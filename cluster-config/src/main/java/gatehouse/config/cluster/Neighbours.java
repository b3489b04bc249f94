package gatehouse.config.cluster;

/// The nodes that work together, as names that lead to one of them say it.
public interface Neighbours {

    /// What a name has, whatever node it is of.
    int DIGITS = 7;

    /// Where a named node is.
    enum Whereabouts {
        HERE,
        /// A member, whether or not it can be reached right now.
        THERE,
        /// No member, or none any more: a node that starts again has another name.
        GONE
    }

    /// The name of this node.
    String here();

    Whereabouts of(String name);

    /// For a node that has none.
    static Neighbours none() {
        return new Neighbours() {
            private static final String ALONE = "0".repeat(DIGITS);

            @Override
            public String here() {
                return ALONE;
            }

            @Override
            public Whereabouts of(String name) {
                return name.equals(ALONE) ? Whereabouts.HERE : Whereabouts.GONE;
            }
        };
    }
}
