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
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The interactive client. */
@Command(
        name = "connect",
        description =
                "Talks to a gateway: logs in, sends packets, and shows what comes. Commands are typed, or come from a pipe;"
                        + " then the first that fails ends it with exit code 1, as does a session that the gateway ends.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse connect 127.0.0.1:8888 --user alice",
            "  printf 'login alice\\nsend 1001 hello\\nwait 1002\\nquit\\n' | gatehouse connect 127.0.0.1:8888"
        })
final class ConnectCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final String CERTIFICATE_VARIABLE = "GATEHOUSE_CERTIFICATE";

    /** Shows what can be typed where the options are shown. */
    @Spec
    void describe(CommandSpec spec) {
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        footer.addAll(List.of("", "Commands that are typed, or come from a pipe:", ""));
        // picocli takes a percent sign for a format.
        Conversation.help().forEach(line -> footer.add(line.replace("%", "%%")));
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    @Parameters(paramLabel = "HOST:PORT", description = "The gateway.")
    private String address = "";

    @Option(names = "--user", paramLabel = "USER", description = "Log in at once, by this open_udid.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--certificate-file",
            paramLabel = "FILE",
            description = "A file whose first line is the client_certificate of logins; or give it in the variable "
                    + CERTIFICATE_VARIABLE + ".")
    private Optional<Path> certificateFile = Optional.empty();

    @Option(names = "--tls", description = "Connect by TLS, trusting whom the JDK trusts.")
    private boolean tls;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Connect by TLS, trusting the certificates of this PEM file.")
    private Optional<Path> trust = Optional.empty();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "Connect by TLS, and show the certificate chain of this PEM file; with --key.")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "A PEM file with the private key of --certificate.")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--legacy-encryption", description = "Turn on the legacy encryption, which is not secure.")
    private boolean legacyEncryption;

    @Mixin
    private LogOptions log = new LogOptions();

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
                        Listening.peer("HOST:PORT", address).toString())
                .legacyEncryption(legacyEncryption);
        if (certificate.isPresent() != key.isPresent()) {
            throw new OperatorException((certificate.isPresent() ? "--key" : "--certificate")
                    + ": not set (expected: --certificate and --key, or neither)");
        }
        if (tls || trust.isPresent() || certificate.isPresent()) {
            settings.tls(clientTls());
        }
        return settings;
    }

    private ClientTls clientTls() {
        ClientTls.Builder settings = ClientTls.builder();
        trust.ifPresent(settings::trust);
        certificate.ifPresent(chain -> settings.certificate(chain, key.orElseThrow()));
        try {
            return settings.build();
        } catch (TlsFileException e) {
            throw new OperatorException("--" + e.getMessage(), e);
        }
    }

    private Conversation conversation(GatewayClient.Builder settings, String certificate, Consumer<String> output)
            throws InterruptedException {
        Conversation conversation = Conversation.connect(settings, certificate, output);
        if (user.isPresent()) {
            conversation.run("login " + user.get());
        }
        return conversation;
    }

    private String certificate() {
        return certificateFile
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
