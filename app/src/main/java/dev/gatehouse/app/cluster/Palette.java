package dev.gatehouse.app.cluster;

import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import java.util.List;
import java.util.Locale;

/** A colour for each member of a ring, the same as long as the members are. */
final class Palette {
    private static final List<String> FIRST = List.of(
            "#3d7dca", "#f2994a", "#3aa675", "#d9566b", "#8e6bbf", "#e0b83a", "#38a9b5", "#c8705c", "#7d9b3d",
            "#b3589c");
    private static final double GOLDEN_ANGLE = 137.508;

    private final List<String> ids;

    Palette(Ring ring) {
        ids = ring.members().stream().map(RingMember::id).toList();
    }

    String of(String id) {
        int index = Math.max(0, ids.indexOf(id));
        return index < FIRST.size()
                ? FIRST.get(index)
                : String.format(Locale.ROOT, "hsl(%.0f 55%% %d%%)", index * GOLDEN_ANGLE % 360, 45 + index % 3 * 10);
    }
}
