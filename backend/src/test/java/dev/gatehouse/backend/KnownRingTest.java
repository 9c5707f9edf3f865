package dev.gatehouse.backend;

import static dev.gatehouse.backend.TestAttachment.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.link.TrunkContract;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rings a node takes sessions of. */
@ParameterizedClass(name = "blocking {0}")
@ValueSource(booleans = {false, true})
class KnownRingTest extends NodeFixture {
    private TestTrunk trunk(ServiceNode node) {
        return link(node).trunk(TrunkContract.INITIAL_CREDIT);
    }

    @Override
    TestLink.Speaks speaks() {
        return TestLink.Speaks.TRUNK;
    }

    private static void assertTaken(TestTrunk trunk, long epoch, long version) {
        TrunkTestAttachment attachment = trunk.attach(1, true, epoch, version);
        eventually(attachment.accepted::isDone);
        assertThat(attachment.ended).isNotDone();
    }

    private static void assertStale(TestTrunk trunk, long epoch, long version) {
        assertThat(trunk.attach(1, true, epoch, version).end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void takesEveryRingBeforeItKnowsOne() {
        assertTaken(trunk(start(handler)), 1, 0);
    }

    @Test
    void refusesOlderRingsAndTakesItsOwnAndNewerOnes() {
        ServiceNode node = start(handler);
        node.ringVersion(2, 5);
        TestTrunk trunk = trunk(node);
        assertStale(trunk, 2, 4);
        assertStale(trunk, 1, 9);
        assertThat(handler.opened).isEmpty();
        assertTaken(trunk, 2, 5);
        assertTaken(trunk, 2, 6);
        assertTaken(trunk, 3, 0);
        assertThat(node.misplaced()).isEqualTo(2);
    }

    @Test
    void takesWhomNoRingHasPlaced() {
        ServiceNode node = start(handler);
        node.ringVersion(2, 5);
        assertTaken(trunk(node), 0, 0);
    }

    @Test
    void forgetsNoRingForAnOlderOne() {
        ServiceNode node = start(handler);
        node.ringVersion(2, 5);
        node.ringVersion(2, 3);
        node.ringVersion(1, 9);
        assertStale(trunk(node), 2, 4);
    }

    @Test
    void saysWhichVersionsThereAre() {
        ServiceNode node = start(handler);
        assertThatThrownBy(() -> node.ringVersion(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epoch: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> node.ringVersion(1, -1)).hasMessage("version: -1 (expected: 0 or more)");
    }
}
