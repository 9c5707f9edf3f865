package dev.gatehouse.app.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadTest {
    @Test
    void isTextHexOrAFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("payload"), new byte[] {1, 2});
        assertThat(Payload.parse("h\u00e9 llo")).isEqualTo("h\u00e9 llo".getBytes(StandardCharsets.UTF_8));
        assertThat(Payload.parse("hex:00 fF")).containsExactly(0, 0xff);
        assertThat(Payload.parse("file:" + file)).containsExactly(1, 2);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Payload.parse("hex:0")).hasMessage("hex: 0 (expected: pairs of hex digits)");
        assertThatThrownBy(() -> Payload.parse("file:/no/such/file")).hasMessage("file: /no/such/file can't be read");
    }

    @Test
    void readsNoMoreOfAFileThanCanBeSent() {
        assertThatThrownBy(() -> Payload.parse("file:/dev/zero"))
                .hasMessage("file: /dev/zero: too large (expected: 65529 bytes at most)");
    }

    @Test
    void isShownAsTextWhereItIsSome() {
        assertThat(Payload.show(new byte[0])).isEqualTo("empty");
        assertThat(Payload.show("h\u00e9llo".getBytes(StandardCharsets.UTF_8))).isEqualTo("h\u00e9llo");
        assertThat(Payload.show(new byte[] {0, 10})).isEqualTo("hex:000a");
        assertThat(Payload.show(new byte[] {(byte) 0xff})).isEqualTo("hex:ff");
        assertThat(Payload.show(new byte[300]))
                .hasSize("hex:".length() + 2 * 256 + 3)
                .endsWith("...");
    }
}
