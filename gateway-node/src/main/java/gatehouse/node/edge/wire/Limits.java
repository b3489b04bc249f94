package gatehouse.node.edge.wire;

import gatehouse.config.settings.ConfigReader;

/// How large the parts of one request may be, in bytes or pieces.
public record Limits(Head head, long body, Chunks chunks) {

    /// The request line with everything up to the empty line.
    public record Head(int total, int target, int fields, int value) {}

    /// A body that comes in pieces whose number nobody announced.
    public record Chunks(int size, int count, int extension) {}

    public static Limits read(ConfigReader at) {
        var head = new Head(
                (int) at.bytes("head", 1024, 1024 * 1024),
                (int) at.bytes("target", 64, 64 * 1024),
                at.integer("fields", 8, 1000),
                (int) at.bytes("field-value", 256, 512 * 1024));
        at.check("field-value", head.value() <= head.total(), "exceeds the head it stands in");
        at.check("target", head.target() <= head.total(), "exceeds the head it stands in");
        return new Limits(head, at.bytes("body", 1024, 1L << 30), chunks(at));
    }

    private static Chunks chunks(ConfigReader at) {
        return new Chunks((int) at.bytes("chunk", 1024, 16 * 1024 * 1024), at.integer("chunks", 1, 1_000_000), (int)
                at.bytes("chunk-extension", 0, 4096));
    }
}
