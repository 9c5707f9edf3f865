package dev.gatehouse.bench.program;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A client and a server of TLS 1.3 that have met, with memory between them. */
final class TlsPair {
    private static final int WIRE_BYTES = 16 << 20;
    private static final int RECORD_BYTES_MAX = 32 << 10;
    private static final int TURNS_MAX = 100;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocateDirect(WIRE_BYTES);
    private final ByteBuffer toClient = ByteBuffer.allocateDirect(WIRE_BYTES);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(RECORD_BYTES_MAX);

    private TlsPair(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    /** A server whose cryptography is done by {@code provider}, and a client. */
    static TlsPair connect(SslProvider provider) throws Exception {
        var files = Certificate.make();
        SSLEngine server = SslContextBuilder.forServer(
                        files.certificate().toFile(), files.key().toFile())
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .build()
                .newEngine(ByteBufAllocator.DEFAULT);
        SSLEngine client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3")
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build()
                .newEngine(ByteBufAllocator.DEFAULT);
        TlsPair pair = new TlsPair(client, server);
        pair.shakeHands();
        return pair;
    }

    private void shakeHands() throws SSLException {
        client.beginHandshake();
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            handshakeStep(client, toServer, toClient);
            handshakeStep(server, toClient, toServer);
        }
        toServer.clear();
        toClient.clear();
        if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new IllegalStateException("the handshake doesn't end");
        }
    }

    private void handshakeStep(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        plain.clear().limit(0);
        engine.wrap(plain, out);
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        in.flip();
        if (in.hasRemaining()) {
            engine.unwrap(in, plain.clear());
        }
        in.compact();
    }

    /** The client writes so many records of so many bytes. */
    void clientSends(int records, int bytes) {
        send(client, toServer, records, bytes);
    }

    /** The server reads all that the client has written, which is so many bytes. */
    void serverReceives(int bytes) {
        receive(server, toServer, bytes);
    }

    /** The server writes so many records of so many bytes. */
    void serverSends(int records, int bytes) {
        send(server, toClient, records, bytes);
    }

    /** The client reads all that the server has written, which is so many bytes. */
    void clientReceives(int bytes) {
        receive(client, toClient, bytes);
    }

    private void send(SSLEngine engine, ByteBuffer out, int records, int bytes) {
        try {
            for (int i = 0; i < records; i++) {
                plain.limit(bytes).position(0);
                // The first records of a server may be tickets.
                while (plain.hasRemaining()) {
                    engine.wrap(plain, out);
                }
            }
        } catch (SSLException e) {
            throw new IllegalStateException("a record can't be made", e);
        }
    }

    private void receive(SSLEngine engine, ByteBuffer in, int bytes) {
        try {
            int got = 0;
            in.flip();
            while (in.hasRemaining()) {
                got += engine.unwrap(in, plain.clear()).bytesProduced();
            }
            in.clear();
            if (got != bytes) {
                throw new IllegalStateException(got + " bytes came, not " + bytes);
            }
        } catch (SSLException e) {
            throw new IllegalStateException("a record can't be read", e);
        }
    }
}
