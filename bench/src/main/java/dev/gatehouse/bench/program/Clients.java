package dev.gatehouse.bench.program;

import dev.gatehouse.bench.Wire;
import dev.gatehouse.load.Findings;
import dev.gatehouse.load.Load;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.LoadException;
import dev.gatehouse.load.Measurement;
import dev.gatehouse.load.Pace;
import dev.gatehouse.net.tls.ClientTls;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** The clients of one server, on one thread. What is wrong with an answer is wrong with the whole run. */
final class Clients implements AutoCloseable {
    private static final Duration ONCE_AT_MOST = Duration.ofSeconds(60);
    private static final int PAYLOAD_BYTES_MAX = 4096;

    private final Load load;

    private Clients(Load load) {
        this.load = load;
    }

    static Clients connect(Wire wire, int port, int clients) throws InterruptedException, ClientsException {
        LoadConfig.Builder config = LoadConfig.builder("127.0.0.1:" + port, wire.mode())
                .clients(clients)
                .threads(1)
                .payloadBytes(PAYLOAD_BYTES_MAX)
                .connectTimeout(Duration.ofSeconds(60))
                .connectsPerSecond(0);
        if (wire.tls()) {
            config.tls(trustingAll());
        }
        Load load = Load.start(config.build());
        try {
            load.awaitConnected();
        } catch (LoadException e) {
            load.close();
            throw new ClientsException(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return new Clients(load);
    }

    /** The servers make their certificates themselves, a moment ago. */
    private static ClientTls trustingAll() {
        try {
            return ClientTls.of(SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm("")
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    /** Runs for a time and gives the number of answers. Nothing is in flight afterwards. */
    long run(int payloadBytes, int inFlight, Duration time) throws InterruptedException, ClientsException {
        load.payloadBytes(payloadBytes);
        return answers(load.run(Pace.closed(inFlight), time));
    }

    /** Lets each client send one message, and gives the number of answers. */
    long once(int payloadBytes) throws InterruptedException, ClientsException {
        load.payloadBytes(payloadBytes);
        return answers(load.run(Pace.closed(1), ONCE_AT_MOST, load.config().clients()));
    }

    private long answers(Measurement measured) throws ClientsException {
        Findings findings = measured.findings();
        if (findings.faultCount() > 0) {
            throw new ClientsException(findings.faultCount() + " wrong answers, such as: "
                    + findings.examples().getFirst());
        }
        if (findings.endCount() > 0) {
            throw new ClientsException(findings.endCount() + " connections ended: "
                    + String.join(", ", findings.ends().keySet()));
        }
        if (measured.connected() < load.config().clients()) {
            throw new ClientsException(
                    "only " + measured.connected() + " of " + load.config().clients() + " clients are connected: "
                            + String.join(", ", findings.connectFailures().keySet()));
        }
        return measured.answers();
    }

    @Override
    public void close() {
        load.close();
    }
}
