package dev.gatehouse.app;

import dev.gatehouse.app.config.Secrets;
import dev.gatehouse.app.connect.CommandException;
import dev.gatehouse.app.connect.Conversation;
import dev.gatehouse.app.connect.Shell;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.app.operator.Terminals;
import dev.gatehouse.client.GatewayClient;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.TlsFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The interactive client. */
final class ConnectCommand extends Subcommand {
    private static final int FAILED = 1;
    private static final String CERTIFICATE_VARIABLE = "GATEHOUSE_CERTIFICATE";

    private final Supplier<String> address = word("HOST:PORT", "The gateway.");
    private final Supplier<Optional<String>> user =
            option("--user", "USER", String.class, "Log in at once, by this open_udid.");
    private final Supplier<Optional<Path>> certificateFile = option(
            "--certificate-file",
            "FILE",
            Path.class,
            "A file whose first line is the client_certificate of logins; or give it in the variable "
                    + CERTIFICATE_VARIABLE + ".");
    private final BooleanSupplier tls = flag("--tls", "Connect by TLS, trusting whom the JDK trusts.");
    private final Supplier<Optional<Path>> trust =
            option("--trust", "FILE", Path.class, "Connect by TLS, trusting the certificates of this PEM file.");
    private final Supplier<Optional<Path>> certificate = option(
            "--certificate",
            "FILE",
            Path.class,
            "Connect by TLS, and show the certificate chain of this PEM file; with --key.");
    private final Supplier<Optional<Path>> key =
            option("--key", "FILE", Path.class, "A PEM file with the private key of --certificate.");
    private final BooleanSupplier legacyEncryption =
            flag("--legacy-encryption", "Turn on the legacy encryption, which is not secure.");
    private final LogOptions log = new LogOptions(specification());

    ConnectCommand() {
        super(
                "connect",
                "Talks to a gateway: logs in, sends packets, and shows what comes. Commands are typed, or come from a pipe;"
                        + " then the first that fails ends it with exit code 1, as does a session that the gateway ends.",
                footer());
    }

    /** Shows what can be typed where the options are shown. */
    private static String[] footer() {
        List<String> footer = new ArrayList<>(List.of(
                "  gatehouse connect 127.0.0.1:8888 --user alice",
                "  printf 'login alice\\nsend 1001 hello\\nwait 1002\\nquit\\n' | gatehouse connect 127.0.0.1:8888",
                "",
                "Commands that are typed, or come from a pipe:",
                ""));
        // picocli takes a percent sign for a format.
        Conversation.help().forEach(line -> footer.add(line.replace("%", "%%")));
        return footer.toArray(String[]::new);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.configure(log.settings(LogLevel.WARN));
        GatewayClient.Builder settings = Listening.start(this::settings);
        String certificate = certificate();
        Shell.Start start = output -> conversation(settings, certificate, output);
        try {
            return Terminals.input()
                    ? Shell.interactive(start)
                    : Shell.scripted(start, standardInput(), ConnectCommand::print, ConnectCommand::complain);
        } catch (CommandException e) {
            complain(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    private GatewayClient.Builder settings() {
        GatewayClient.Builder settings = GatewayClient.builder(
                        Listening.peer("HOST:PORT", address.get()).toString())
                .legacyEncryption(legacyEncryption.getAsBoolean());
        if (certificate.get().isPresent() != key.get().isPresent()) {
            throw new OperatorException((certificate.get().isPresent() ? "--key" : "--certificate")
                    + ": not set (expected: --certificate and --key, or neither)");
        }
        if (tls.getAsBoolean() || trust.get().isPresent() || certificate.get().isPresent()) {
            settings.tls(clientTls());
        }
        return settings;
    }

    private ClientTls clientTls() {
        ClientTls.Builder settings = ClientTls.builder();
        trust.get().ifPresent(settings::trust);
        certificate
                .get()
                .ifPresent(chain -> settings.certificate(chain, key.get().orElseThrow()));
        try {
            return settings.build();
        } catch (TlsFileException e) {
            throw new OperatorException("--" + e.getMessage(), e);
        }
    }

    private Conversation conversation(GatewayClient.Builder settings, String certificate, Consumer<String> output)
            throws InterruptedException {
        Conversation conversation = Conversation.connect(settings, certificate, output);
        if (user.get().isPresent()) {
            conversation.run("login " + user.get().orElseThrow());
        }
        return conversation;
    }

    private String certificate() {
        return certificateFile
                .get()
                .map(Secrets::firstLine)
                .or(() -> Optional.ofNullable(System.getenv(CERTIFICATE_VARIABLE)))
                .orElse("");
    }

    private static BufferedReader standardInput() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    @SuppressWarnings("SystemOut") // What the command is for.
    private static void print(String line) {
        System.out.println(line);
    }

    @SuppressWarnings("SystemOut") // One sentence for whoever runs it.
    private static void complain(String sentence) {
        System.err.println("gatehouse: " + sentence);
    }
}
