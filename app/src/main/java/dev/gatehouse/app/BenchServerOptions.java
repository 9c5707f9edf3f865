package dev.gatehouse.app;

import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.Mode;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.TlsFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code bench} that say what kind of server it loads. */
final class BenchServerOptions {
    private enum ModeName {
        ECHO,
        GATEWAY
    }

    @Parameters(paramLabel = "HOST:PORT", description = "The server.")
    private String address = "";

    @Option(
            names = "--mode",
            paramLabel = "echo|gateway",
            description =
                    "echo: everything comes back as it was sent, the default. gateway: clients log in, as users of their own, and"
                            + " a service answers each packet with its payload.")
    private ModeName mode = ModeName.ECHO;

    @Option(
            names = "--framing",
            paramLabel = "lines|BYTES",
            description = "Echo: lines, the default, or the length before each frame, of 1 to 4 bytes.")
    private String framing = "lines";

    @Option(names = "--payload", paramLabel = "BYTES", description = "Bytes of each payload, 12 and up; 64 by default.")
    private int payloadBytes = 64;

    @Option(
            names = "--users",
            paramLabel = "PREFIX",
            description = "Gateway: what users' names begin with; load- by default.")
    private String users = "load-";

    @Option(names = "--opcode", paramLabel = "OPCODE", description = "Gateway: what is sent; 1001 by default.")
    private int opcode = 1001;

    @Option(
            names = "--answer-opcode",
            paramLabel = "OPCODE",
            description = "Gateway: what is an answer; one above --opcode by default.")
    private Optional<Integer> answerOpcode = Optional.empty();

    @Option(names = "--legacy-encryption", description = "Gateway: turn on the legacy encryption, which is not secure.")
    private boolean legacyEncryption;

    @Option(names = "--tls", description = "Connect by TLS, trusting whom the JDK trusts.")
    private boolean tls;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Connect by TLS, trusting the certificates of this PEM file.")
    private Optional<Path> trust = Optional.empty();

    /** Settings for this server. */
    LoadConfig.Builder settings() {
        LoadConfig.Builder settings =
                LoadConfig.builder(Listening.peer("HOST:PORT", address).toString(), mode());
        settings.payloadBytes(payloadBytes);
        if (tls || trust.isPresent()) {
            settings.tls(clientTls());
        }
        return settings;
    }

    private Mode mode() {
        if (mode == ModeName.GATEWAY) {
            var gateway = Mode.gateway().users(users).opcodes(opcode, answerOpcode.orElse(opcode + 1));
            return legacyEncryption ? gateway.encrypted() : gateway;
        }
        return switch (framing) {
            case "lines" -> Mode.lines();
            case "1", "2", "3", "4" -> Mode.lengthPrefixed(Integer.parseInt(framing));
            default -> throw new OperatorException("--framing: " + framing + " (expected: lines, 1, 2, 3 or 4)");
        };
    }

    private ClientTls clientTls() {
        ClientTls.Builder settings = ClientTls.builder();
        trust.ifPresent(settings::trust);
        try {
            return settings.build();
        } catch (TlsFileException e) {
            throw new OperatorException("--" + e.getMessage(), e);
        }
    }

    /** The server, as it was given. */
    String address() {
        return address;
    }
}
