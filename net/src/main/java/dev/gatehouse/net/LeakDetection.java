package dev.gatehouse.net;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether Netty looks for buffers that nobody released. By default it watches one buffer in 128, each in a wrapper of another
 * class, and so every access to any buffer pays for telling the two classes apart: 7 to 17 % of a message. Handlers of ours never own
 * a buffer. So it is off, unless somebody has chosen otherwise. Any thread.
 */
final class LeakDetection {
    private static final List<String> PROPERTIES =
            List.of("io.netty.leakDetection.level", "io.netty.leakDetectionLevel", "io.netty.noResourceLeakDetection");

    private LeakDetection() {}

    /** Switches it off, if nobody has chosen a level by property or by code. */
    static void offUnlessChosen() {
        ResourceLeakDetector.setLevel(
                level(ResourceLeakDetector.getLevel(), property -> System.getProperty(property) != null));
    }

    static Level level(Level now, Predicate<String> set) {
        return now == Level.SIMPLE && PROPERTIES.stream().noneMatch(set) ? Level.DISABLED : now;
    }
}
