package json;

import dev.gatehouse.net.Server;
import dev.gatehouse.testing.TestPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CalculatorTest {
    private final Server server = Calculator.start("127.0.0.1:0");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersEachRequestInOrder() {
        try (TestPeer peer = TestPeer.connect(server.localAddress())) {
            peer.sendText("{\"type\":\"Add\",\"a\":1.5,\"b\":2}\n{\"type\":\"Divide\",\"a\":1,\"b\":4}\n")
                    .expectText("{\"type\":\"Result\",\"value\":3.5}\n{\"type\":\"Result\",\"value\":0.25}\n");
        }
    }

    @Test
    void refusesADivisionByZeroAndGoesOn() {
        try (TestPeer peer = TestPeer.connect(server.localAddress())) {
            peer.sendText("{\"type\":\"Divide\",\"a\":1,\"b\":0}\n")
                    .expectText("{\"type\":\"Refused\",\"why\":\"there is no division by 0\"}\n")
                    .sendText("{\"type\":\"Add\",\"a\":1,\"b\":0}\n")
                    .expectText("{\"type\":\"Result\",\"value\":1.0}\n");
        }
    }

    @Test
    void closesWhenALineIsNoRequest() {
        try (TestPeer peer = TestPeer.connect(server.localAddress())) {
            peer.sendText("{\"type\":\"Root\",\"a\":1}\n").expectEof();
        }
    }
}
