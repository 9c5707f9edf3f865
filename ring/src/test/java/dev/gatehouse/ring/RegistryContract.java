package dev.gatehouse.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every registry keeps to. */
abstract class RegistryContract {
    /** A registry in which the service "game" has these members. */
    abstract Registry registry(List<Member> members);

    /** Makes these the members of "game". */
    abstract void change(Registry registry, List<Member> members);

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
        List<String> heard = new ArrayList<>();
        Registry.Subscription subscription = registry.subscribe(heard::add);
        change(registry, List.of(a));
        assertThat(heard).isEmpty();
        change(registry, List.of(a, b));
        assertThat(heard).containsExactly("game");
        assertThat(registry.members("game")).containsExactly(a, b);
        subscription.close();
        change(registry, List.of());
        assertThat(heard).hasSize(1);
    }
}
