package dev.gatehouse.bench.peer.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The service behind the passthrough: gives back every message on its stream, on one event loop. */
public final class EchoService {
    private EchoService() {}

    /** Listens on a free port, and prints it. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) throws IOException {
        Loop loop = Loop.best();
        int port = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .channelType(loop.server())
                .bossEventLoopGroup(loop.group())
                .workerEventLoopGroup(loop.group())
                .directExecutor()
                .addService(ServerServiceDefinition.builder(BytesContract.SERVICE)
                        .addMethod(BytesContract.STREAM, EchoService::accept)
                        .build())
                .build()
                .start()
                .getPort();
        System.out.println("ready " + port);
    }

    private static ServerCall.Listener<byte[]> accept(ServerCall<byte[], byte[]> call, Metadata headers) {
        call.sendHeaders(new Metadata());
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] message) {
                call.sendMessage(message);
                call.request(1);
            }

            @Override
            public void onHalfClose() {
                call.close(Status.OK, new Metadata());
            }
        };
    }
}
