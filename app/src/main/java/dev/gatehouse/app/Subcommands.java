package dev.gatehouse.app;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * The subcommands. Making them takes longer than the rest of a short command: so picocli gets only what the arguments need.
 */
final class Subcommands {
    /** In the order of the help. Those above the last two have nothing to say about the others. */
    private static final List<String> WORDS = List.of(
            "dev",
            "gateway",
            "service",
            "coordinator",
            "nodes",
            "ring",
            "node",
            "connect",
            "echo",
            "bench",
            "generate-completion",
            "help");

    private static final List<String> ALONE = WORDS.subList(0, WORDS.size() - 2);

    private Subcommands() {}

    /** Gives the command the subcommand that these arguments name, none if they ask for the version, or else all. */
    static void addNeeded(CommandLine gatehouse, List<String> arguments) {
        if (!arguments.equals(List.of("--version"))) {
            String first = arguments.isEmpty() ? "" : arguments.getFirst();
            List<String> needed = ALONE.contains(first) ? List.of(first) : WORDS;
            needed.forEach(word -> gatehouse.addSubcommand(word, make(word)));
        }
    }

    /** A specification, or an object with picocli's annotations. */
    private static Object make(String word) {
        return switch (word) {
            case "dev" -> new DevCommand().specification();
            case "gateway" -> new GatewayCommand().specification();
            case "service" -> new ServiceCommand().specification();
            case "coordinator" -> new CoordinatorCommand().specification();
            case "nodes" -> new NodesCommand().specification();
            case "ring" -> new RingCommand().specification();
            case "node" -> new NodeCommand().specification();
            case "connect" -> new ConnectCommand().specification();
            case "echo" -> new EchoCommand().specification();
            case "bench" -> new BenchCommand();
            case "generate-completion" -> new AutoComplete.GenerateCompletion();
            case "help" -> new CommandLine.HelpCommand();
            default -> throw new IllegalArgumentException("subcommand: " + word + " (expected: one of " + WORDS + ")");
        };
    }
}
