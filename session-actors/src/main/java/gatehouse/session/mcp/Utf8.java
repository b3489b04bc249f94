package gatehouse.session.mcp;

/// Whether bytes are clean UTF-8 that every reader decodes alike.
///
/// The parser behind it is lenient about overlong forms and surrogates, and would guess UTF-16 from zero bytes.
/// Escapes of half a surrogate pair are refused too: some readers keep them, some replace them, so they hide what is
/// compared.
final class Utf8 {

    private Utf8() {}

    /// Where the first unclean byte is, or -1.
    static int faultIn(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return 0;
        }
        int i = 0;
        while (i < bytes.length) {
            int width = bytes[i] > 0 && bytes[i] != '\\' ? 1 : widthAt(bytes, i);
            if (width == 0) {
                return i;
            }
            i += width;
        }
        return -1;
    }

    /// What is wrong at an offset that [#faultIn] gave.
    static String problemAt(byte[] bytes, int offset) {
        if (bytes[offset] == 0) {
            return "is a NUL byte";
        }
        if (bytes[offset] == '\\') {
            return "is an escape of half a surrogate pair";
        }
        return offset == 0 && bytes[0] == (byte) 0xEF ? "is a byte order mark" : "is not UTF-8";
    }

    private static int widthAt(byte[] bytes, int i) {
        int lead = bytes[i] & 0xFF;
        if (lead == '\\') {
            return escape(bytes, i);
        }
        if (lead >= 0xC2 && lead <= 0xDF) {
            return follows(bytes, i + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int least = lead == 0xE0 ? 0xA0 : 0x80;
            int most = lead == 0xED ? 0x9F : 0xBF;
            return follows(bytes, i + 1, least, most) && follows(bytes, i + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int least = lead == 0xF0 ? 0x90 : 0x80;
            int most = lead == 0xF4 ? 0x8F : 0xBF;
            return follows(bytes, i + 1, least, most)
                            && follows(bytes, i + 2, 0x80, 0xBF)
                            && follows(bytes, i + 3, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean follows(byte[] bytes, int i, int least, int most) {
        return i < bytes.length && (bytes[i] & 0xFF) >= least && (bytes[i] & 0xFF) <= most;
    }

    /// The width of an escape; what is no escape at all is left to the parser.
    private static int escape(byte[] bytes, int i) {
        int unit = unit(bytes, i);
        if (unit < 0 || unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
            // the backslash and what it escapes, so that an escaped backslash begins nothing; never past a lead byte
            return i + 1 < bytes.length && bytes[i + 1] > 0 ? 2 : 1;
        }
        int next = unit <= Character.MAX_HIGH_SURROGATE ? unit(bytes, i + 6) : -1;
        return next >= Character.MIN_LOW_SURROGATE && next <= Character.MAX_LOW_SURROGATE ? 12 : 0;
    }

    /// The UTF-16 unit escaped here, or -1.
    private static int unit(byte[] bytes, int i) {
        if (i + 5 >= bytes.length || bytes[i] != '\\' || bytes[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int k = i + 2; k < i + 6; k++) {
            int digit = Character.digit(bytes[k] & 0xFF, 16);
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }
}
