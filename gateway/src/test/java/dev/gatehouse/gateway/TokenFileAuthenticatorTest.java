package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.Authenticator.Decision;
import dev.gatehouse.protocol.LoginRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileAuthenticatorTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tokens"), text);
    }

    /** Puts another file in its place, at once, with the same time: what counts is what it holds. */
    private static void change(Path file, String text) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Path changed = Files.writeString(file.resolveSibling("changed"), text);
        Files.setLastModifiedTime(changed, time);
        Files.move(changed, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<LogCapture.Line> lines(LogCapture log) {
        String ours = TokenFileAuthenticator.class.getName();
        return log.lines().stream().filter(l -> l.logger().equals(ours)).toList();
    }

    private static Decision ask(Authenticator authenticator, String token) {
        return authenticator
                .authenticate(
                        LoginRequest.of("any").withClientCertificate(token),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                .toCompletableFuture()
                .join();
    }

    @Test
    void letsInWhoShowsATokenOfTheFile() throws IOException {
        Authenticator authenticator = Authenticator.tokenFile(file("# users\n\n 7 seven\n8\teight\n"));
        assertThat(ask(authenticator, "seven")).isEqualTo(new Decision.Accepted(7));
        assertThat(ask(authenticator, "eight")).isEqualTo(new Decision.Accepted(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sevens", "Seven", "seve", "# users", " "})
    void refusesAnyOtherToken(String token) throws IOException {
        assertThat(ask(Authenticator.tokenFile(file("7 seven\n")), token)).isInstanceOf(Decision.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "seven 7", "0 zero", "-1 minus", "1000000000 large", "7 two tokens", "7 same\n8 same"})
    void refusesAFileThatMakesNoSenseWithoutShowingIt(String line) throws IOException {
        Path file = file("1 one\n" + line + "\n");
        assertThatThrownBy(() -> Authenticator.tokenFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("(expected: ")
                .hasMessageNotContainingAny("two", "minus", "same");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> Authenticator.tokenFile(directory.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none (expected: a file that can be read)");
    }

    @Test
    void readsTheFileAgainWhenItHasChanged() throws IOException {
        Path file = file("7 seven\n");
        Authenticator authenticator = Authenticator.tokenFile(file);
        change(file, "8 eight\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> ask(authenticator, "eight") instanceof Decision.Accepted);
        assertThat(ask(authenticator, "seven")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void staysAsItWasWhenTheNewFileMakesNoSense() throws IOException {
        Path file = file("7 seven\n");
        Authenticator authenticator = Authenticator.tokenFile(file);
        try (LogCapture log = new LogCapture()) {
            change(file, "8 eight\nnonsense that is secret\n");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                ask(authenticator, "seven");
                return !lines(log).isEmpty();
            });
            assertThat(lines(log))
                    .allMatch(l -> l.text().contains("line 2") && !l.text().contains("secret"));
        }
        assertThat(ask(authenticator, "seven")).isEqualTo(new Decision.Accepted(7));
        assertThat(ask(authenticator, "eight")).isInstanceOf(Decision.Refused.class);
    }
}
