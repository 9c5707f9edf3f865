package dev.gatehouse.app.cluster;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.List;
import java.util.Optional;

/** A picture, in SVG, of who owns which part of the circle: a panel for each service. It follows the reader's light or dark scheme. */
public final class RingPicture {
    private static final String STYLE = """
            <style>
              svg { background: #fcfbf8; color: #23272f; font: 15px ui-sans-serif, system-ui, "Segoe UI", sans-serif }
              text { fill: currentColor }
              .title { font-size: 26px; font-weight: 650 }
              .quiet { opacity: .62 }
              .small { font-size: 13px }
              .strong { font-weight: 600 }
              .mono { font-family: ui-monospace, "SF Mono", Menlo, monospace; font-size: 13px }
              .track { fill: currentColor; opacity: .09 }
              .rest { stroke: currentColor; opacity: .12; fill: none }
              @media (prefers-color-scheme: dark) { svg { background: #16181d; color: #e9e7e1 } }
            </style>
            """;

    private RingPicture() {}

    /** The picture of all services, or of the one that is asked for. */
    public static String of(RingSnapshot rings, Optional<String> service) {
        List<String> services = RingTable.services(rings, service);
        int height = Math.max(1, services.size()) * RingPanel.HEIGHT;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(RingPanel.WIDTH);
        svg.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(RingPanel.WIDTH);
        svg.append(' ').append(height).append("\">\n").append(STYLE);
        for (int i = 0; i < services.size(); i++) {
            svg.append("<g transform=\"translate(0 ")
                    .append(i * RingPanel.HEIGHT)
                    .append(")\">\n");
            svg.append(new RingPanel(rings, services.get(i)).svg()).append("</g>\n");
        }
        if (services.isEmpty()) {
            svg.append("<text x=\"48\" y=\"64\" class=\"title\">nobody is a member yet</text>\n");
        }
        return svg.append("</svg>\n").toString();
    }
}
