package dev.gatehouse.gateway;

import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users and their tokens from a file. Tokens are kept and looked up as SHA-256 hashes, so that neither the memory nor the time of
 * a look-up says anything about them.
 */
final class TokenFileAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFileAuthenticator.class);
    private static final long CHECK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private volatile Map<String, Long> users;
    private byte[] read;
    private long checkedNanos = System.nanoTime();

    TokenFileAuthenticator(Path file) {
        this.file = file;
        try {
            byte[] content = Files.readAllBytes(file);
            read = sha256(content);
            users = parse(content);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "token file: " + file + " isn't text (expected: lines USER-ID TOKEN)", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("token file: " + file + " (expected: a file that can be read)", e);
        }
    }

    @Override
    public CompletionStage<Decision> authenticate(LoginRequest request, InetSocketAddress remoteAddress) {
        return CompletableFuture.supplyAsync(() -> decide(request.clientCertificate()));
    }

    private Decision decide(String token) {
        readAgainIfChanged();
        Long user = users.get(hash(token));
        return user == null || token.isEmpty()
                ? new Decision.Refused(LoginFailure.REFUSED, "unknown token")
                : new Decision.Accepted(user);
    }

    private synchronized void readAgainIfChanged() {
        if (System.nanoTime() - checkedNanos < CHECK_EVERY_NANOS) {
            return;
        }
        checkedNanos = System.nanoTime();
        try {
            // By its content: two writes, or a look in the middle of one, may leave it with the same time.
            byte[] content = Files.readAllBytes(file);
            byte[] now = sha256(content);
            if (!Arrays.equals(now, read)) {
                read = now;
                users = parse(content);
                LOG.info("read {} again: {} users", file, users.size());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the token file stays as it was: {}", e.getMessage());
        }
    }

    private Map<String, Long> parse(byte[] content) throws CharacterCodingException {
        List<String> lines = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString()
                .lines()
                .toList();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> entry(lines.get(i).strip(), i + 1))
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> {
                    throw new IllegalArgumentException(
                            "token file: " + file + ": a token twice (expected: distinct ones)");
                }));
    }

    private Optional<Map.Entry<String, Long>> entry(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        String[] parts = line.split("\\s+", -1);
        if (parts.length != 2 || !parts[0].matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "token file: " + file + ", line " + number + " (expected: USER-ID TOKEN, the id 1..999999999)");
        }
        return Optional.of(Map.entry(hash(parts[1]), Long.valueOf(parts[0])));
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
