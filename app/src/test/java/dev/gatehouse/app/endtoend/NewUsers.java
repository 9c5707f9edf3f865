package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.GatewayClient;
import dev.gatehouse.protocol.LoginRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Users who weren't there before. */
final class NewUsers {
    private NewUsers() {}

    /** Logs so many in, has each answered, and says what a figure is while they are there. */
    static long during(String gateway, int count, LongSupplier figure) {
        List<GatewayClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                GatewayClient client = GatewayClient.builder(gateway).build();
                clients.add(client);
                client.connect().join();
                client.login(LoginRequest.of("new-" + i)).join();
                client.send(1001, new byte[] {(byte) i});
                assertThat(Exchange.receive(client, 1002)).containsExactly(i);
            }
            return figure.getAsLong();
        } finally {
            clients.forEach(GatewayClient::close);
        }
    }
}
