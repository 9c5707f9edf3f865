package dev.gatehouse.gateway.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.EventLoops;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkedNodesTest {
    private static final long LATER = LinkedNodes.REMEMBERED.toNanos();

    private final EventLoops loops = EventLoops.builder().threads(2).build();
    private final LinkedNodes nodes = new LinkedNodes();

    @AfterEach
    void close() {
        loops.close();
    }

    private NodeCounters link(int loop) {
        EventLoop eventLoop = loops.get(loop);
        return nodes.linked("game", "game1", eventLoop);
    }

    private void unlink(long nanos) {
        nodes.unlinked("game", "game1", nanos);
    }

    @Test
    void eachEventLoopHasItsOwnCountersWhichItsLinksToAnIdShare() {
        NodeCounters first = link(0);
        assertThat(link(0)).isSameAs(first);
        assertThat(link(1)).isNotSameAs(first);
        assertThat(nodes.counters()).hasSize(1);
        assertThat(nodes.counters().firstEntry().getValue()).hasSize(2);
    }

    @Test
    void forgetsANodeSomeTimeAfterTheLastLinkOfAnyLoop() {
        link(0);
        link(1);
        unlink(1);
        nodes.forget(1 + LATER);
        assertThat(nodes.counters()).hasSize(1);
        unlink(2);
        nodes.forget(1 + LATER);
        assertThat(nodes.counters()).hasSize(1);
        nodes.forget(2 + LATER);
        assertThat(nodes.counters()).isEmpty();
    }

    @Test
    void goesOnCountingWhereANodeReturnsInTime() {
        NodeCounters counters = link(0);
        unlink(1);
        assertThat(link(0)).isSameAs(counters);
        nodes.forget(1 + LATER);
        assertThat(nodes.counters()).hasSize(1);
    }
}
