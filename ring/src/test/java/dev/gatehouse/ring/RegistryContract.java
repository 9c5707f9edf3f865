package dev.gatehouse.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every registry keeps to. */
public abstract class RegistryContract {
    /** A registry in which the service "game" has these members. */
    protected abstract Registry registry(List<Member> members);

    /** Makes these the members of "game", in one step; the registry knows it soon. */
    protected abstract void change(Registry registry, List<Member> members);

    private final Member a = Member.of("a", "127.0.0.1", 7001);
    private final Member b = Member.of("b", "127.0.0.1", 7002);

    @Test
    void givesMembersInTheOrderOfTheirIds() {
        assertThat(registry(List.of(b, a)).members("game")).containsExactly(a, b);
    }

    @Test
    void knowsNobodyOfAnUnknownService() {
        assertThat(registry(List.of(a)).members("chat")).isEmpty();
    }

    @Test
    void tellsOfChangesOnly() {
        Registry registry = registry(List.of(a));
        List<String> heard = new CopyOnWriteArrayList<>();
        Registry.Subscription subscription = registry.subscribe(heard::add);
        change(registry, List.of(a));
        change(registry, List.of(a, b));
        await().untilAsserted(() -> assertThat(heard).containsExactly("game"));
        assertThat(registry.members("game")).containsExactly(a, b);
        subscription.close();
        change(registry, List.of());
        await().untilAsserted(() -> assertThat(registry.members("game")).isEmpty());
        assertThat(heard).hasSize(1);
    }
}
