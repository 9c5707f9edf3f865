package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** What gRPC itself finds wrong is one line of the service's log, however much gRPC has to say of it. */
class OversizedFrameTest {
    @Test
    void isOneLineWithoutStackTrace() throws Exception {
        try (GatehouseProcess service =
                GatehouseProcess.start("service", "--name", "game", "--listen", "127.0.0.1:0")) {
            service.awaitReady();
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", service.port())
                    .usePlaintext()
                    .build();
            try {
                Metadata headers = new Metadata();
                headers.put(Gonet2Contract.USER_ID, "7");
                ClientCall<Frame, Frame> call = channel.newCall(Gonet2Contract.stream(), CallOptions.DEFAULT);
                call.start(new ClientCall.Listener<>() {}, headers);
                call.sendMessage(new OutboundFrame()
                        .packet(1001, Unpooled.wrappedBuffer(new byte[1 << 20]))
                        .copy());
                await().until(() -> service.errors().stream().anyMatch(line -> line.contains(" WARN ")));
            } finally {
                channel.shutdownNow();
            }
            service.signal("TERM");
            assertThat(service.awaitExit()).isZero();
            assertThat(service.errors()).allMatch(line -> line.matches("\\d{4}-.* (INFO|WARN) .*"));
        }
    }
}
