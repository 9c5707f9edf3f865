package dev.gatehouse.app.cluster;

import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.Transfer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The picture of one service's ring: outside who owns the circle at {@link #SLICES} places, and around it what a pending change moves; inside what each
 * member owns in all; beside it the members.
 */
final class RingPanel {
    static final int WIDTH = 1080;
    static final int HEIGHT = 580;

    private static final int SLICES = 360;
    private static final double X = 270;
    private static final double Y = 322;
    private static final double CIRCLE_RADIUS = 182;
    private static final double CIRCLE_WIDTH = 46;
    private static final double CHANGE_RADIUS = 216;
    private static final double CHANGE_WIDTH = 9;
    private static final double SHARES_RADIUS = 138;
    private static final double SHARES_WIDTH = 18;
    private static final double GAP = 0.004;
    private static final int LEGEND_X = 550;
    private static final int LEGEND_Y = 134;
    private static final int LINE = 44;
    private static final int LINES_MAX = 9;
    private static final int BAR_WIDTH = 480;
    private static final int ABOUT_MAX = 36;

    private final RingSnapshot rings;
    private final String service;
    private final Ring ring;
    private final Map<String, Double> shares;
    private final Palette palette;

    RingPanel(RingSnapshot rings, String service) {
        this.rings = rings;
        this.service = service;
        ring = rings.ring(service);
        shares = ring.shares();
        palette = new Palette(ring);
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(text(48, 56, "title", service));
        svg.append(text(48, 80, "quiet small", RingTable.head(rings)));
        svg.append(String.format(
                Locale.ROOT,
                "<circle class=\"rest\" cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\" stroke-width=\"%.0f\"/>%n",
                X,
                Y,
                CIRCLE_RADIUS,
                CIRCLE_WIDTH));
        svg.append(circle().svg()).append(change().svg()).append(parts().svg());
        int owners = shares.size();
        svg.append(middle(Y - 2, "title", Integer.toString(owners)));
        svg.append(middle(Y + 22, "quiet small", owners == 1 ? "owner" : "owners"));
        return svg.append(legend()).toString();
    }

    private Band circle() {
        Band band = new Band(X, Y, CIRCLE_RADIUS, CIRCLE_WIDTH);
        int start = 0;
        for (int slice = 1; slice <= SLICES; slice++) {
            String owner = owner(start);
            if (slice == SLICES || !owner.equals(owner(slice))) {
                if (!owner.isEmpty()) {
                    band.add(palette.of(owner), (double) start / SLICES, (double) slice / SLICES);
                }
                start = slice;
            }
        }
        return band;
    }

    private String owner(int slice) {
        return ring.owner(slice * Long.divideUnsigned(-1L >>> (Long.SIZE - hashBits()), SLICES))
                .map(RingMember::id)
                .orElse("");
    }

    private Band change() {
        Band band = new Band(X, Y, CHANGE_RADIUS, CHANGE_WIDTH);
        List<Transfer> transfers =
                rings.pending().map(PendingTransfers::transfers).orElse(List.of());
        for (Transfer transfer : transfers) {
            if (transfer.service().equals(service)) {
                double start = turns(transfer.range().start());
                double end = turns(transfer.range().end());
                band.add(palette.of(transfer.to()), start, end > start ? end : end + 1);
            }
        }
        return band;
    }

    private Band parts() {
        Band band = new Band(X, Y, SHARES_RADIUS, SHARES_WIDTH);
        double start = 0;
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            double end = start + share.getValue();
            double gap = share.getValue() > 4 * GAP && share.getValue() < 1 ? GAP : 0;
            band.add(palette.of(share.getKey()), start, Math.max(start, end - gap));
            start = end;
        }
        return band;
    }

    private String legend() {
        StringBuilder svg = new StringBuilder();
        List<RingMember> members = ring.members();
        int lines = Math.min(members.size(), LINES_MAX);
        double widest = shares.values().stream().mapToDouble(d -> d).max().orElse(1);
        for (int i = 0; i < lines; i++) {
            svg.append(line(members.get(i), LEGEND_Y + i * LINE, widest));
        }
        if (members.size() > lines) {
            svg.append(text(
                    LEGEND_X, LEGEND_Y + lines * LINE, "quiet small", "and " + (members.size() - lines) + " more"));
        }
        return svg.toString();
    }

    private String line(RingMember member, int y, double widest) {
        double share = shares.getOrDefault(member.id(), 0.0);
        String colour = palette.of(member.id());
        String about = NodesTable.address(member.node())
                + (member.state() == NodeState.NORMAL
                        ? ""
                        : ", " + member.state().name().toLowerCase(Locale.ROOT))
                + (member.draining() ? ", draining" : "");
        return String.format(
                        Locale.ROOT,
                        "<rect class=\"track\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"6\" rx=\"3\"/>%n"
                                + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"6\" rx=\"3\" fill=\"%s\"/>%n",
                        LEGEND_X,
                        y + 9,
                        BAR_WIDTH,
                        LEGEND_X,
                        y + 9,
                        BAR_WIDTH * share / widest,
                        colour)
                + text(LEGEND_X, y, "strong", member.id())
                + text(LEGEND_X + 120, y, "quiet mono", shortened(about))
                + "<text x=\"" + (LEGEND_X + BAR_WIDTH) + "\" y=\"" + y + "\" text-anchor=\"end\" class=\"strong\">"
                + NodesTable.percent(share) + "</text>\n";
    }

    private static String shortened(String about) {
        return about.length() > ABOUT_MAX ? about.substring(0, ABOUT_MAX - 1) + "…" : about;
    }

    private double turns(long hash) {
        return ((hash >>> (hashBits() - 32)) & 0xffff_ffffL) / 0x1.0p32;
    }

    private int hashBits() {
        return rings.settings().algorithm() == RingAlgorithm.STATHAT ? Integer.SIZE : Long.SIZE;
    }

    private static String middle(double y, String kind, String text) {
        return "<text x=\"" + (int) X + "\" y=\"" + (int) y + "\" text-anchor=\"middle\" class=\"" + kind + "\">"
                + escaped(text) + "</text>\n";
    }

    private static String text(int x, int y, String kind, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + kind + "\">" + escaped(text) + "</text>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
