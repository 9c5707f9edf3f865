package dev.gatehouse.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.Contract;
import dev.gatehouse.gateway.PlacementPolicy;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Registry;
import dev.gatehouse.ring.StaticRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final Map<String, ServiceConfig> SERVICES =
            Map.of("game", ServiceConfig.onRing("game"), "chat", ServiceConfig.onRing("chat"));

    /** A registry that answers when the test lets it. */
    private static final class SlowRegistry implements Registry {
        final Semaphore answers = new Semaphore(SERVICES.size());
        final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        final List<Listener> listeners = new CopyOnWriteArrayList<>();

        @Override
        public List<Member> members(String service) {
            asked.add(service);
            answers.acquireUninterruptibly();
            return List.of();
        }

        @Override
        public Subscription subscribe(Listener listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void changed(String service) {
            listeners.forEach(listener -> listener.changed(service));
        }
    }

    private final SlowRegistry registry = new SlowRegistry();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void doesNotHoldUpTheRegistryAndTellsOnceOfAllThatHasComeMeanwhile() throws InterruptedException {
        try (Membership membership = new Membership(registry, SERVICES, (service, roster) -> told.add(service))) {
            assertThat(membership).isNotNull();
            assertThat(List.of(told.take(), told.take())).containsExactlyInAnyOrder("game", "chat");
            assertThat(List.of(registry.asked.take(), registry.asked.take())).hasSize(2);
            registry.changed("game");
            assertThat(registry.asked.take()).isEqualTo("game");
            for (int change = 0; change < 1000; change++) {
                registry.changed("game");
                registry.changed("chat");
            }
            registry.changed("unknown");
            assertThat(registry.asked).isEmpty();
            registry.answers.release(3);
            assertThat(List.of(told.take(), told.take(), told.take())).containsExactly("game", "game", "chat");
            registry.changed("chat");
            registry.answers.release();
            assertThat(told.take()).isEqualTo("chat");
            assertThat(registry.asked).hasSize(3);
        }
    }

    @Test
    void leavesOutMembersWhoseHostsNoLinkCanName() {
        ServiceConfig insecure = new ServiceConfig(
                "game", PlacementPolicy.RING, "", List.of(), "", false, Optional.empty(), true, Contract.TRUNK);
        Registry members = new StaticRegistry(Map.of(
                "game",
                List.of(
                        Member.of("underscore", "game_1", 7001),
                        Member.of("umlaut", "höst", 7001),
                        Member.of("space", "game 1", 7001),
                        Member.of("path", "game/1", 7001),
                        Member.of("user", "me@game", 7001),
                        Member.of("name", "game-1.example", 7001),
                        Member.of("four", "192.0.2.1", 7001),
                        Member.of("six", "2001:db8::1", 7001),
                        Member.of("scoped", "fe80::1%eth0", 7001))));
        List<Member> linked = new ArrayList<>();
        try (Membership membership = new Membership(
                members, Map.of("game", insecure), (service, roster) -> linked.addAll(roster.members()))) {
            assertThat(membership).isNotNull();
            assertThat(linked).extracting(Member::id).containsExactlyInAnyOrder("name", "four", "six", "scoped");
        }
    }
}
