package dev.gatehouse.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import dev.gatehouse.ring.snapshot.Transfer;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class RingPictureTest {
    private static RingSnapshot rings(RingAlgorithm algorithm, int members) {
        List<RingMember> all = new ArrayList<>();
        for (int i = 1; i <= members; i++) {
            Node node = new Node("game" + i, "", "game", "10.0.0." + i, 7000 + i, 1 + i % 3, List.of());
            all.add(RingMember.owner(node));
        }
        Node down = new Node("chat1", "", "chat", "<chat&co>", 9000, 1, List.of());
        all.add(new RingMember(down, NodeState.DOWN, Standing.COVERED, true));
        Transfer transfer = new Transfer("game", Optional.empty(), "game1", new HashRange(-9, 1L << 30));
        return RingSnapshot.of(
                new RingVersion(3, 141),
                new RingSettings(algorithm, 1024, 0),
                all,
                Optional.of(new PendingTransfers(7, List.of(transfer))));
    }

    @ParameterizedTest
    @EnumSource(RingAlgorithm.class)
    void isAPictureOfEachService(RingAlgorithm algorithm) throws Exception {
        String svg = RingPicture.of(rings(algorithm, 7), Optional.empty());
        Files.writeString(Path.of("target", "ring-" + algorithm.text() + ".svg"), svg);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)))
                        .getElementsByTagName("g")
                        .getLength())
                .isEqualTo(2);
        assertThat(svg).contains(">game7<", "10.0.0.7:7007", "&lt;chat&amp;co&gt;:9000, down, draining");
    }

    @Test
    void staysSmallWithAThousandMembers() {
        String svg = RingPicture.of(rings(RingAlgorithm.XXH64, 1000), Optional.of("game"));
        assertThat(svg).hasSizeLessThan(1 << 20).contains("and 991 more");
    }

    @Test
    void saysThatNobodyIsThere() {
        RingSnapshot none = RingSnapshot.of(RingVersion.NONE, RingSettings.DEFAULT, List.of(), Optional.empty());
        assertThat(RingPicture.of(none, Optional.empty())).contains("nobody is a member yet");
    }
}
