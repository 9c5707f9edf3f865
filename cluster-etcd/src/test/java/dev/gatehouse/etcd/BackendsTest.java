package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gatehouse.ring.Member;
import io.etcd.jetcd.api.KeyValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendsTest {
    private final Backends backends = new Backends("/b/", 2);

    private static KeyValue key(String name, String address) {
        return KeyValue.newBuilder()
                .setKey(ByteString.copyFromUtf8("/b/" + name))
                .setValue(ByteString.copyFromUtf8(address))
                .build();
    }

    private static Member member(String id, int port) {
        return Member.of(id, "h", port);
    }

    @Test
    void leavesOutWhatIsTooMany() {
        backends.put(key("game/a", "h:1"));
        backends.put(key("chat/b", "h:2"));
        backends.put(key("game/c", "h:3"));
        assertThat(backends.takeChanges())
                .isEqualTo(Map.of("game", List.of(member("a", 1)), "chat", List.of(member("b", 2))));
    }

    @Test
    void changesAndReplacesWhereThereIsNoRoomForMore() {
        backends.put(key("game/a", "h:1"));
        backends.put(key("game/b", "h:2"));
        backends.put(key("game/a", "h:3"));
        assertThat(backends.takeChanges()).isEqualTo(Map.of("game", List.of(member("a", 3), member("b", 2))));
        backends.delete(key("game/a", ""));
        backends.delete(key("game/a", ""));
        backends.put(key("chat/c", "h:4"));
        backends.put(key("chat/d", "h:5"));
        assertThat(backends.takeChanges())
                .isEqualTo(Map.of("game", List.of(member("b", 2)), "chat", List.of(member("c", 4))));
    }

    @Test
    void hasRoomAgainWhenAllIsReadAnew() {
        backends.put(key("game/a", "h:1"));
        backends.put(key("game/b", "h:2"));
        backends.reset();
        backends.put(key("chat/c", "h:3"));
        backends.put(key("chat/d", "h:4"));
        assertThat(backends.takeChanges())
                .isEqualTo(Map.of("game", List.of(), "chat", List.of(member("c", 3), member("d", 4))));
    }

    @ParameterizedTest
    @CsvSource({"[::1]:7001, ::1, 7001", "game_1:7001, game_1, 7001", "localhost:65535, localhost, 65535"})
    void readsAddresses(String address, String host, int port) {
        assertThat(Backends.member("a", address)).isEqualTo(Member.of("a", host, port));
    }
}
