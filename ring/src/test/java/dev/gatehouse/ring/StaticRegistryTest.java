package dev.gatehouse.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaticRegistryTest extends RegistryContract {
    @Override
    protected Registry registry(List<Member> members) {
        return new StaticRegistry(Map.of("game", members));
    }

    @Override
    protected void change(Registry registry, List<Member> members) {
        ((StaticRegistry) registry).replace("game", members);
    }

    @Test
    void refusesAnIdThatIsThereTwice() {
        List<Member> twice = List.of(Member.of("a", "h", 1), Member.of("a", "h", 2));
        assertThatThrownBy(() -> registry(twice)).hasMessageContaining("distinct ids");
    }

    @Test
    void membersSayWhatTheyExpect() {
        assertThatThrownBy(() -> Member.of("a b", "h", 1)).hasMessageStartingWith("id: a b (expected:");
        assertThatThrownBy(() -> Member.of("a", "h", 0)).hasMessage("port: 0 (expected: 1..65535)");
        assertThatThrownBy(() -> new Member("a", "h", 1, 101)).hasMessage("weight: 101 (expected: 1..100)");
    }
}
