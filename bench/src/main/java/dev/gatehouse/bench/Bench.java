package dev.gatehouse.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bench/run}. */
@Command(
        name = "bench/run",
        header = "Measures what a message costs our servers and others, in one run, taking turns.",
        description = {
            "",
            "Starts servers, each in a process of its own, pinned to processor 0, and clients, pinned to processor 1. They take turns in "
                    + "short windows, in another order each turn. What counts is the server's processor time a message, from the scheduler's "
                    + "accounts; every answer is checked; ratios are taken inside each turn, because a machine drifts. The tables go to "
                    + "docs/performance.md, each run to its own place.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  bench/run                               every echo of length-prefixed frames, about 13 min",
            "  bench/run echo --turns 5                the same, in half the time",
            "  bench/run echo --only net,netty-lean    these two and the floor; prints and writes nothing",
            "  bench/run lines --window 1000           lines, a second a window",
            "  bench/run idle --clients 5000           memory of 5,000 idle connections each",
            "",
            "It needs Linux with two processors and taskset (for example: apt-get install util-linux).",
            "What the programs write to stderr stands in bench/target/run."
        },
        usageHelpWidth = 120,
        sortOptions = false)
public final class Bench implements Callable<Integer> {
    private static final Document DOCUMENT = new Document(Path.of("docs/performance.md"));

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            arity = "0..1",
            defaultValue = "echo",
            description = {
                "echo: frames behind a length, at every server; lines: lines; style: blocking code on virtual threads; gateway: the gateway's "
                        + "contracts and ciphers; idle: memory of idle connections; scale: more clients, more processors. By default echo."
            })
    private What what = What.ECHO;

    @Parameters(index = "1", paramLabel = "TURNS", arity = "0..1", description = "as --turns")
    private Optional<Integer> turnsArgument = Optional.empty();

    @Option(
            names = "--turns",
            paramLabel = "N",
            description = "how often each is measured (by default 20, idle 3, scale 10)")
    private Optional<Integer> turnsOption = Optional.empty();

    @Option(names = "--window", paramLabel = "MILLIS", description = "how long, each time (by default 500)")
    private int windowMillis = 500;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "how many are connected (by default 50, idle and scale 15000)")
    private Optional<Integer> clients = Optional.empty();

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            description = "measures only these, and what they are compared with; prints the tables and writes none")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--print", description = "prints the tables and writes none")
    private boolean print;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    @SuppressWarnings("UnusedVariable") // Picocli asks whether it was given.
    private boolean help;

    @Option(names = "--list", description = "lists what can be named by --only")
    private boolean list;

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** Runs what the arguments say, and exits with {@link #run}'s code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs what the arguments say: 0, 1 if nothing could be measured, or 2 if the arguments are wrong. */
    static int run(String... arguments) {
        return new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, a) -> {
                    e.getCommandLine().getErr().println("bench/run: " + e.getMessage() + "; see bench/run --help");
                    return 2;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        Experiment experiment = what.experiment();
        if (list) {
            experiment.ids().forEach(out::println);
            return 0;
        }
        Options options = new Options(
                turnsOption.or(() -> turnsArgument).orElse(what.turns()),
                Duration.ofMillis(windowMillis),
                clients.orElse(what.clients()),
                only);
        Optional<String> wrong = wrong(options, experiment.ids());
        if (wrong.isPresent()) {
            err.println("bench/run: " + wrong.get());
            return 2;
        }
        String text;
        try (Progress progress = Progress.of(what.word(), System.getenv("BENCH_PROGRESS") != null)) {
            Neighbours neighbours = new Neighbours();
            String tables = experiment.run(options, progress);
            text = head(options) + " " + neighbours.text() + "\n\n" + tables;
        } catch (ProgramException e) {
            err.println("bench/run: the load " + e.getMessage());
            return 1;
        }
        out.println(text);
        if (writes()) {
            DOCUMENT.fill(what.word(), text);
            err.println("written to " + DOCUMENT);
        }
        return 0;
    }

    /** Whether the tables go to the document. */
    private boolean writes() {
        return !print && only.isEmpty();
    }

    /** Under what conditions the figures were measured. */
    private String head(Options options) {
        String windows = what == What.IDLE ? "" : ", " + windowMillis + " ms a window";
        return Machine.text() + ", `" + command(options) + "`: clients " + options.clients() + ", turns "
                + options.turns() + windows + ".";
    }

    private Optional<String> wrong(Options options, List<String> ids) {
        if (options.turns() < 1) {
            return Optional.of("--turns: " + options.turns() + " (expected: 1 or more)");
        }
        if (options.window().toMillis() < 10) {
            return Optional.of("--window: " + options.window().toMillis() + " (expected: 10 or more)");
        }
        if (options.clients() < 1 || options.clients() > 18_000) {
            return Optional.of("--clients: " + options.clients() + " (expected: 1..18000)");
        }
        if (writes() && !DOCUMENT.hasPlaceFor(what.word())) {
            return Optional.of(DOCUMENT + ": no place for this run (expected: what "
                    + Document.begin(what.word()).strip() + " begins); --print goes without");
        }
        return options.only().stream()
                .filter(id -> !ids.contains(id))
                .findFirst()
                .map(id -> "--only: " + id + " (expected: some of " + String.join(", ", ids) + ")");
    }

    private String command(Options options) {
        StringBuilder command = new StringBuilder("bench/run " + what.word() + " --turns " + options.turns());
        if (windowMillis != 500) {
            command.append(" --window ").append(windowMillis);
        }
        clients.ifPresent(n -> command.append(" --clients ").append(n));
        if (!only.isEmpty()) {
            command.append(" --only ").append(String.join(",", only));
        }
        return command.toString();
    }
}
