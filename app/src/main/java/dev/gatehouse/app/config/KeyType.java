package dev.gatehouse.app.config;

import dev.gatehouse.net.proxy.ProxyProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What values a key takes.
 *
 * @param name what the documentation calls it
 * @param expected what is allowed, for errors
 * @param secret whether errors must not show the value
 * @param reader reads a value; throws {@link IllegalArgumentException} for one that isn't allowed
 */
record KeyType<T>(String name, String expected, boolean secret, Function<String, T> reader) {

    T read(String text) {
        return reader.apply(text);
    }

    static KeyType<String> text(String pattern) {
        return new KeyType<>("text", "text that matches " + pattern, false, text -> {
            require(text.matches(pattern));
            return text;
        });
    }

    static KeyType<String> hidden() {
        return new KeyType<>("text", "visible ASCII characters", true, text -> {
            require(text.matches("[\\x21-\\x7e]+"));
            return text;
        });
    }

    static KeyType<Path> file() {
        return new KeyType<>("file", "a path", false, text -> {
            require(!text.isEmpty());
            return Path.of(text);
        });
    }

    static KeyType<Boolean> flag() {
        return new KeyType<>("true or false", "true or false", false, text -> {
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        });
    }

    static KeyType<Integer> number(int min, int max) {
        return new KeyType<>("number", min + ".." + max, false, text -> {
            int value = Integer.parseInt(text);
            require(value >= min && value <= max);
            return value;
        });
    }

    /** Bytes, with an optional k, m or g for their multiples of 1024. */
    static KeyType<Long> bytes(long min, long max) {
        String expected = "bytes, " + min + ".." + max + ", for example 4096, 64k or 1m";
        return new KeyType<>("bytes", expected, false, text -> {
            require(text.matches("[0-9]{1,10}[kmg]?"));
            int shift = 10 * ("kmg".indexOf(text.charAt(text.length() - 1)) + 1);
            long amount = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1));
            require(amount <= max >> shift && amount << shift >= min);
            return amount << shift;
        });
    }

    /** A time from {@code min} to 24 days, which every clock of ours can count. */
    static KeyType<Duration> duration(Duration min) {
        String expected = "a duration such as 250ms, 10s or 2m, " + Durations.format(min) + " or more";
        return new KeyType<>("duration", expected, false, text -> {
            Duration value = Durations.parse(text);
            require(value.compareTo(min) >= 0 && value.compareTo(Duration.ofDays(24)) <= 0);
            return value;
        });
    }

    /** A time within these bounds. */
    static KeyType<Duration> duration(Duration min, Duration max) {
        KeyType<Duration> any = duration(min);
        String expected = "a duration of " + Durations.format(min) + ".." + Durations.format(max);
        return new KeyType<>(any.name(), expected, false, text -> {
            Duration value = any.read(text);
            require(value.compareTo(max) <= 0);
            return value;
        });
    }

    /** The same in whole seconds. */
    static KeyType<Duration> seconds(Duration min, Duration max) {
        KeyType<Duration> any = duration(min, max);
        return new KeyType<>(any.name(), any.expected() + ", in whole seconds", false, text -> {
            Duration value = any.read(text);
            require(value.toNanosPart() == 0);
            return value;
        });
    }

    static KeyType<HostPort> address(int portMin) {
        String expected = "HOST:PORT, the port " + portMin + "..65535, an IPv6 address in brackets";
        return new KeyType<>("HOST:PORT", expected, false, text -> {
            HostPort value = HostPort.parse(text);
            require(value.port() >= portMin);
            return value;
        });
    }

    /** Addresses of peers, one at least. */
    static KeyType<List<HostPort>> addresses() {
        KeyType<HostPort> address = address(1);
        String expected = "addresses with commas between, such as 10.0.0.1:12345,10.0.0.2:12345";
        return new KeyType<>(
                "addresses",
                expected,
                false,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(address::read)
                        .toList());
    }

    /** Hosts as {@code bind} of redis.conf writes them. */
    static KeyType<List<String>> hosts() {
        String expected = "addresses with spaces between, such as 127.0.0.1 -::1";
        return new KeyType<>("addresses", expected, false, text -> {
            List<String> hosts = List.of(text.split("\\s+"));
            require(hosts.stream()
                    .allMatch(host ->
                            host.matches("-?([A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Za-z:.%]*|\\*|::\\*)")));
            return hosts;
        });
    }

    /** Networks as {@link ProxyProtocol} reads them. */
    static KeyType<List<String>> networks() {
        String expected = "networks with spaces between, such as 10.0.0.0/8 2001:db8::/32 192.0.2.7";
        return new KeyType<>("networks", expected, false, text -> {
            List<String> networks = List.of(text.split("\\s+"));
            // For what it throws.
            ProxyProtocol.trusting(networks);
            return networks;
        });
    }

    static KeyType<Optional<HostPort>> addressOrNone() {
        KeyType<HostPort> address = address(0);
        return new KeyType<>(
                "HOST:PORT or none",
                address.expected() + "; or none",
                false,
                text -> text.equals("none") ? Optional.empty() : Optional.of(address.read(text)));
    }

    static KeyType<OpcodeRange> opcodes() {
        return new KeyType<>("opcodes", "FIRST-LAST or one opcode, within 1001..32767", false, OpcodeRange::parse);
    }

    static <E extends Enum<E>> KeyType<E> choice(Class<E> type) {
        String names =
                Arrays.stream(type.getEnumConstants()).map(KeyType::dashed).collect(Collectors.joining(", "));
        return new KeyType<>("one of " + names, "one of " + names, false, text -> {
            require(text.equals(text.toLowerCase(Locale.ROOT)));
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
        });
    }

    /** The name of a constant as configuration writes it. */
    static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }
}
