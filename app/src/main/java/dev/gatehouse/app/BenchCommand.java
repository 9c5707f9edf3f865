package dev.gatehouse.app;

import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.LoadException;
import dev.gatehouse.load.Pace;
import dev.gatehouse.load.report.ProcessSampler;
import dev.gatehouse.load.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The load generator. */
@Command(
        name = "bench",
        description =
                "Loads a server with many clients, checks every answer byte for byte, and says how long they took. Exit code 1"
                        + " if an answer was missing, doubled, out of order, changed or another client's, or if no client could connect."
                        + " Ctrl-C ends it early, and still tells what was measured.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse bench 127.0.0.1:6379                                    (on gatehouse echo)",
            "  gatehouse bench 127.0.0.1:7000 --framing 2 --clients 50 --in-flight 32 --duration 30s",
            "  gatehouse bench 127.0.0.1:7000 --framing 2 --clients 1000 --rate 20000 --server-pid 4711 --report r.html",
            "  gatehouse bench 127.0.0.1:8888 --mode gateway --clients 200 --rate 1000   (on gatehouse dev)",
            "  gatehouse bench 127.0.0.1:6379 --clients 15000 --source 127.0.0.1,127.0.0.2,127.0.0.3 --in-flight 0",
            "  gatehouse bench 127.0.0.1:6379 --clients 200 --churn-messages 100",
            "  gatehouse bench 127.0.0.1:6379 --rate 5000 --stall 10 --stall-for 2s",
            "",
            "The guide: docs/bench.md"
        })
final class BenchCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    /** The load's settings by the options that set them. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("payloadBytes", "--payload"),
            Map.entry("clients", "--clients"),
            Map.entry("threads", "--threads"),
            Map.entry("sources", "--source"),
            Map.entry("connectsPerSecond", "--ramp"),
            Map.entry("connectTimeout", "--connect-timeout"),
            Map.entry("answerTimeout", "--answer-timeout"),
            Map.entry("retryDelay", "--retry-delay"),
            Map.entry("inFlightMax", "--in-flight-max"),
            Map.entry("inFlight", "--in-flight"),
            Map.entry("messagesPerSecond", "--rate"),
            Map.entry("connectionMessages", "--churn-messages"),
            Map.entry("percent", "--stall"),
            Map.entry("every", "--stall-every"),
            Map.entry("lasting", "--stall-for"),
            Map.entry("opcode", "--opcode"),
            Map.entry("answerOpcode", "--answer-opcode"),
            Map.entry("processId", "--server-pid"),
            Map.entry("address", "HOST:PORT"));

    @Mixin
    private BenchServerOptions server = new BenchServerOptions();

    @Mixin
    private BenchPaceOptions pace = new BenchPaceOptions();

    @Mixin
    private BenchClientOptions clients = new BenchClientOptions();

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description =
                    "The server's process, on this machine: what it takes of the processors and of the memory is told too.")
    private Optional<Long> serverProcess = Optional.empty();

    @Option(names = "--report", paramLabel = "FILE", description = "A page with pictures, in one file.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "All figures as JSON.")
    private Optional<Path> json = Optional.empty();

    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // Likewise.
    private LogOptions log;

    @Spec
    void command(CommandSpec command) {
        this.command = command;
        log = new LogOptions(command);
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.configure(log.settings(LogLevel.WARN));
        report.ifPresent(file -> checkFolder("--report", file));
        json.ifPresent(file -> checkFolder("--json", file));
        try (BenchRun run = run()) {
            Report told = run.measure();
            PrintWriter out = command.commandLine().getOut();
            out.print(told.text());
            out.flush();
            report.ifPresent(file -> write(file, told.html()));
            json.ifPresent(file -> write(file, told.json()));
            return told.clean() ? 0 : FAILED;
        } catch (LoadException e) {
            PrintWriter error = command.commandLine().getErr();
            error.println("gatehouse: " + e.getMessage());
            error.flush();
            return FAILED;
        }
    }

    private BenchRun run() {
        try {
            Pace chosen = pace.pace();
            LoadConfig.Builder settings = server.settings();
            clients.into(settings);
            pace.into(settings);
            LoadConfig config = settings.build();
            String title = server.address() + ": " + config.mode() + ", " + clients.clients() + " clients, " + chosen;
            return new BenchRun(title, config, chosen, pace, serverProcess.map(ProcessSampler::start));
        } catch (IllegalArgumentException e) {
            throw new OperatorException(byOption(String.valueOf(e.getMessage())), e);
        }
    }

    /** The sentence of a setting, with the option in the place of the setting. */
    private static String byOption(String sentence) {
        int colon = Math.max(0, sentence.indexOf(':'));
        String setting = sentence.substring(0, colon);
        return OPTIONS.getOrDefault(setting, setting) + sentence.substring(colon);
    }

    private static void checkFolder(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new OperatorException(option + ": " + file + " (expected: a file in a folder that can be written)");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OperatorException(file + " can't be written: " + e.getMessage(), e);
        }
    }
}
