package gatehouse.session.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Messages with something done to them, from harmless to hostile.
final class Mutations {

    /// What confuses readers, in the bytes of ISO-8859-1, so that broken UTF-8 can be among it.
    private static final List<String> MORSELS =
            List.of((" ~\n~\r\n~\t~,~:~\"~\\~{~}~[~]~{}~[]~null~true~0~-0~01~1e5~1e99999999"
                            + "~1.0~NaN~\"\"~\"a\":1,~\"name\":\"b\",~\"Name\":1,~\"id\":2,~\"_meta\":{},"
                            + "~\"x\":[1,{\"y\":\"z\"}],~\\u0000~\\ud83d~\\ude00~\\ud83d\\ude00~"
                            + "\\u006e~\\n~\\/~\\\"~\0~/**/~'~\u007f~\u0001"
                            + "~\u00ef\u00bb\u00bf~\u00c0\u00af~\u00ed\u00a0\u0080~\u00f0\u009f\u0098\u0080"
                            + "~\u00c3\u00a9~\u00e2\u0080\u008b")
                    .split("~"));

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    byte[] document() {
        var document =
                Samples.MESSAGES.get(random.nextInt(Samples.MESSAGES.size())).getBytes(StandardCharsets.UTF_8);
        int times = random.nextInt(4);
        for (int i = 0; i < times; i++) {
            document = mutated(document);
        }
        return document;
    }

    private byte[] mutated(byte[] document) {
        int at = random.nextInt(document.length + 1);
        int length = Math.min(random.nextInt(12), document.length - at);
        return switch (random.nextInt(7)) {
            case 0, 1, 2 -> spliced(document, at, at, morsel());
            case 3 -> spliced(document, at, at + length, morsel());
            case 4 -> spliced(document, at, at + length, new byte[0]);
            case 5 -> spliced(document, at, at, Arrays.copyOfRange(document, at, at + length));
            default -> flipped(document, at);
        };
    }

    private byte[] morsel() {
        return MORSELS.get(random.nextInt(MORSELS.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] flipped(byte[] document, int at) {
        var after = document.clone();
        if (at < after.length) {
            after[at] ^= (byte) (1 << random.nextInt(8));
        }
        return after;
    }

    private static byte[] spliced(byte[] document, int from, int to, byte[] between) {
        var after = Arrays.copyOf(document, document.length - (to - from) + between.length);
        System.arraycopy(between, 0, after, from, between.length);
        System.arraycopy(document, to, after, from + between.length, document.length - to);
        return after;
    }
}
