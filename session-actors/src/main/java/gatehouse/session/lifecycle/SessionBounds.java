package gatehouse.session.lifecycle;

import gatehouse.config.settings.ConfigReader;

/// How much of what is said to it a session keeps. It lies in memory while the session is awake, and is written again,
/// all of it, at every change.
///
/// @param questions that are open at once
/// @param opening bytes of what the client introduced itself with
/// @param uri bytes of one that is subscribed to
/// @param whole bytes of all of it together
public record SessionBounds(int questions, int subscriptions, int opening, int uri, int whole) {

    private static final int KIBIBYTE = 1024;

    static SessionBounds read(ConfigReader at) {
        var bounds = new SessionBounds(
                at.integer("questions", 1, 10_000),
                at.integer("subscriptions", 1, 100_000),
                (int) at.bytes("kept.opening", 256, 1024 * KIBIBYTE),
                (int) at.bytes("kept.uri", 64, 64 * KIBIBYTE),
                (int) at.bytes("kept.whole", KIBIBYTE, 16 * 1024 * KIBIBYTE));
        at.check("kept.whole", bounds.opening() <= bounds.whole(), "has no room for the largest opening");
        return bounds;
    }
}
