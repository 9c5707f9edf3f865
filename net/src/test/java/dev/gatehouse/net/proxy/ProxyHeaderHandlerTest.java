package dev.gatehouse.net.proxy;

import static dev.gatehouse.net.proxy.Headers.ascii;
import static dev.gatehouse.net.proxy.Headers.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProxyHeaderHandlerTest {
    private static final byte[] REST = ascii("\0\5hello\r\nPROXY TCP4 behind\r\n");
    private static final byte[] TWO_TLVS =
            concat(Headers.tlv(5, ascii("unique")), Headers.tls(Headers.tlv(0x21, ascii("TLSv1.3"))));

    /** What became of a connection. */
    private static final class Heard implements ProxyHeaderListener {
        private final List<String> events = new ArrayList<>();
        private final EmbeddedChannel channel;

        Heard() {
            channel = new EmbeddedChannel(
                    ProxyProtocol.trusting("127.0.0.1").newHandler(this), new ChannelInboundHandlerAdapter());
        }

        @Override
        public void header(Optional<InetSocketAddress> source) {
            events.add(source.map(s -> s.getAddress().getHostAddress() + " " + s.getPort())
                    .orElse("own"));
        }

        @Override
        public void noHeader(String why) {
            events.add(why);
        }

        /** Gives it bytes, so many at a time, as long as it is open. */
        Heard read(byte[] bytes, int step) {
            for (int i = 0; i < bytes.length && channel.isOpen(); i += step) {
                byte[] part = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + step));
                channel.writeInbound(Unpooled.wrappedBuffer(part));
            }
            return this;
        }

        /** All bytes that came out behind it, and an end without anything left. */
        byte[] passedOn() {
            ByteBuf passed = Unpooled.buffer();
            for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
                ByteBuf part = (ByteBuf) each;
                passed.writeBytes(part);
                part.release();
            }
            channel.finishAndReleaseAll();
            return ByteBufUtil.getBytes(passed);
        }
    }

    private static Stream<Arguments> good() {
        byte[] unix = new byte[216];
        unix[0] = '/';
        unix[108] = '/';
        return Stream.of(
                Arguments.of("192.0.2.1 1000", ascii("PROXY TCP4 192.0.2.1 198.51.100.2 1000 443\r\n")),
                Arguments.of("2001:db8:0:0:0:0:0:1 1000", ascii("PROXY TCP6 2001:db8::1 2001:db8::2 1000 443\r\n")),
                Arguments.of("192.0.2.1 1000", ascii("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:198.51.100.2 1000 443\r\n")),
                Arguments.of("own", ascii("PROXY UNKNOWN\r\n")),
                Arguments.of("own", ascii("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n")),
                Arguments.of("192.0.2.1 1000", Headers.proxied(Headers.TCP4, Headers.addresses4())),
                Arguments.of("192.0.2.1 1000", Headers.proxied(Headers.TCP4, Headers.addresses4(), TWO_TLVS)),
                Arguments.of("2001:db8:0:0:0:0:0:1 1000", Headers.proxied(Headers.TCP6, Headers.addresses6())),
                Arguments.of(
                        "2001:db8:0:0:0:0:0:1 1000",
                        Headers.proxied(Headers.TCP6, Headers.addresses6(), Headers.tlv(4, new byte[3800]))),
                Arguments.of("own", Headers.proxied(Headers.UNIX, unix)),
                Arguments.of("own", Headers.proxied(Headers.UNSPECIFIED)),
                Arguments.of("own", Headers.local()),
                Arguments.of("own", Headers.local(Headers.addresses4(), TWO_TLVS)));
    }

    @ParameterizedTest
    @MethodSource("good")
    void takesTheHeaderOffAndPassesOnTheRestWhereverItIsCut(String source, byte[] header) {
        byte[] all = concat(header, REST);
        for (int step : new int[] {1, 2, 3, 7, 16, header.length - 1, header.length, header.length + 1, all.length}) {
            Heard heard = new Heard().read(all, step);
            assertThat(heard.events).containsExactly(source);
            assertThat(heard.channel.pipeline().names()).hasSize(2);
            assertThat(heard.passedOn()).isEqualTo(REST);
        }
    }

    private static Stream<byte[]> bad() {
        return Stream.of(
                ascii("GET / HTTP/1.1\r\n"),
                new byte[] {0x16, 3, 1},
                ascii("PROXY\r\n      "),
                ascii("PROXY TCP4 192.0.2.1\r\n"),
                ascii("PROXY TCP4 192.0.2.256 198.51.100.2 1000 443\r\n"),
                ascii("PROXY TCP4 example.org 198.51.100.2 1000 443\r\n"),
                ascii("PROXY TCP4 2001:db8::1 2001:db8::2 1000 443\r\n"),
                ascii("PROXY TCP4 192.0.2.1 198.51.100.2 1000 65536\r\n"),
                ascii("PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n"),
                ascii("PROXY UDP4 192.0.2.1 198.51.100.2 1000 443\r\n"),
                ascii("PROXX TCP4 192.0.2.1 198.51.100.2 1000 443\r\n"),
                ascii("PROXY TCP4 " + "1".repeat(200)),
                Headers.version2(0x11, Headers.TCP4, Headers.addresses4()),
                Headers.version2(0x22, Headers.TCP4, Headers.addresses4()),
                Headers.version2(0x21, 0x41, Headers.addresses4()),
                Headers.proxied(Headers.TCP4, new byte[11]),
                Headers.proxied(Headers.TCP6, Headers.addresses4()),
                Headers.proxied(Headers.UNIX, new byte[215]),
                Headers.proxied(Headers.TCP4, Headers.addresses4(), new byte[] {4, 0, 9, 1}),
                Headers.proxied(Headers.TCP4, Headers.addresses4(), Headers.tlv(0x20, new byte[4])),
                Headers.proxied(Headers.TCP4, Headers.addresses4(), Headers.tlv(4, new byte[4090])),
                Headers.proxied(Headers.TCP4, Headers.addresses4(), nested(131)));
    }

    private static byte[] nested(int depth) {
        byte[] inner = new byte[0];
        for (int i = 0; i < depth; i++) {
            inner = Headers.tls(inner);
        }
        return inner;
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatIsNoHeader(byte[] header) {
        for (int step : new int[] {1, 13, header.length}) {
            Heard heard = new Heard().read(concat(header, REST), step);
            assertThat(heard.events).containsExactly("no PROXY header, or one that makes no sense");
            assertThat(heard.passedOn()).isEmpty();
        }
    }

    @Test
    void keepsNoMoreThanTheLimit() {
        byte[] endless = Headers.version2(0x21, Headers.TCP4, new byte[0xFFFF]);
        Heard heard = new Heard();
        heard.read(Arrays.copyOf(endless, ProxyProtocol.DEFAULT_HEADER_BYTES_MAX), 512);
        assertThat(heard.events).isEmpty();
        heard.read(new byte[1], 1);
        assertThat(heard.events).containsExactly("no PROXY header, or one that makes no sense");
        assertThat(heard.passedOn()).isEmpty();
    }

    @Test
    void anEndInTheMiddleOfAHeaderIsNoHeader() {
        Heard closed = new Heard().read(ascii("PROXY TC"), 3);
        closed.channel.finishAndReleaseAll();
        assertThat(closed.events).containsExactly("a PROXY header that is not complete");
        Heard halfClosed = new Heard().read(ascii("PROXY TC"), 3);
        halfClosed.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        halfClosed.channel.finishAndReleaseAll();
        assertThat(halfClosed.events).containsExactly("a PROXY header that is not complete");
    }

    @Test
    void anEndBeforeAnyByteIsNothing() {
        Heard heard = new Heard();
        heard.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        heard.channel.finishAndReleaseAll();
        assertThat(heard.events).isEmpty();
    }

    @Test
    void mutatedHeadersAreHeardOfOnceAtMostAndLoseNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> headers =
                Stream.concat(good().map(each -> (byte[]) each.get()[1]), bad()).toList();
        for (int round = 0; round < 5_000; round++) {
            byte[] all = mutated(concat(headers.get(random.nextInt(headers.size())), REST), random);
            Heard heard = new Heard().read(all, 1 + random.nextInt(all.length));
            heard.channel.checkException();
            boolean accepted =
                    !heard.events.isEmpty() && !heard.events.getFirst().contains("PROXY");
            byte[] passed = heard.passedOn();
            assertThat(heard.events).as("seed %d, round %d", seed, round).hasSizeLessThanOrEqualTo(1);
            if (accepted) {
                assertThat(all).as("seed %d, round %d", seed, round).endsWith(passed);
            } else {
                assertThat(passed).as("seed %d, round %d", seed, round).isEmpty();
            }
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] all = bytes.clone();
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
            all[random.nextInt(Math.min(all.length, 64))] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(all, 1 + random.nextInt(all.length)) : all;
    }
}
