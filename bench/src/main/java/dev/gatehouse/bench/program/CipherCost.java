package dev.gatehouse.bench.program;

import dev.gatehouse.protocol.Rc4;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the ciphers alone cost a gateway, without sockets: the request of a message decrypted and its reply encrypted, over the bytes that
 * stand on the wire. Prints a line {@code cost CIPHER NANOS} and ends.
 */
public final class CipherCost {
    /** What stands before a payload in a request (size, seq, opcode) and in a reply (size, opcode). */
    private static final int REQUEST_HEAD_BYTES = 8;

    private static final int REPLY_HEAD_BYTES = 4;
    private static final int SIZE_BYTES = 2;
    private static final int ROUNDS = 40;
    private static final int BATCH_BYTES = 4 << 20;

    private CipherCost() {}

    /** Arguments: {@code rc4}, {@code boringssl} or {@code jdk}; the payload's bytes; how many frames a record of TLS has. */
    @SuppressWarnings("SystemOut") // The process that started this one reads it.
    public static void main(String[] arguments) throws Exception {
        int payloadBytes = Integer.parseInt(arguments[1]);
        int frames = Integer.parseInt(arguments[2]);
        int request = REQUEST_HEAD_BYTES + payloadBytes;
        int reply = REPLY_HEAD_BYTES + payloadBytes;
        double nanos = switch (arguments[0]) {
            case "rc4" -> rc4(request - SIZE_BYTES, reply - SIZE_BYTES);
            case "boringssl" -> tls(SslProvider.OPENSSL, request, reply, frames);
            case "jdk" -> tls(SslProvider.JDK, request, reply, frames);
            default -> throw new IllegalArgumentException("cipher: " + arguments[0]);
        };
        System.out.println(String.format(Locale.ROOT, "cost %.1f", nanos));
    }

    private static double rc4(int request, int reply) {
        Rc4 inbound = new Rc4("DH1983523002".getBytes(StandardCharsets.US_ASCII));
        Rc4 outbound = new Rc4("DH1625948324".getBytes(StandardCharsets.US_ASCII));
        ByteBuf frame = Unpooled.directBuffer(request).writeZero(request);
        int messages = BATCH_BYTES / request;
        return Timing.fastest(ROUNDS, timing -> {
                    timing.start();
                    for (int i = 0; i < messages; i++) {
                        inbound.apply(frame, 0, request);
                        outbound.apply(frame, 0, reply);
                    }
                    timing.stop();
                })
                / messages;
    }

    private static double tls(SslProvider provider, int request, int reply, int frames) throws Exception {
        TlsPair pair = TlsPair.connect(provider);
        int records = Math.max(1, BATCH_BYTES / (request * frames));
        return Timing.fastest(ROUNDS, timing -> {
                    pair.clientSends(records, request * frames);
                    timing.start();
                    pair.serverReceives(records * request * frames);
                    pair.serverSends(records, reply * frames);
                    timing.stop();
                    pair.clientReceives(records * reply * frames);
                })
                / (records * (double) frames);
    }
}
