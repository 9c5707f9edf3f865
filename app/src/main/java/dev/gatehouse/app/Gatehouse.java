package dev.gatehouse.app;

import dev.gatehouse.app.config.Variables;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.app.operator.Terminals;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code gatehouse} command. Exit codes: 0 when all went well, 1 when something failed, 2 for what whoever runs it has to mend,
 * which one sentence on the standard error stream says.
 */
public final class Gatehouse {
    private static final int OPERATOR_ERROR = 2;
    private static final int FAILURE = 1;
    private static final int HELP_COLUMNS = 100;
    private static final String[] EXAMPLES = {
        "  gatehouse dev                                a gateway and a demo service, to try",
        "  gatehouse connect 127.0.0.1:8888             a client to talk to it",
        "  gatehouse gateway --config gatehouse.yaml    a gateway for real use",
        "",
        "'gatehouse COMMAND --help', or 'gatehouse help COMMAND', says more about each command."
    };

    private Gatehouse() {}

    /** Runs the command, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = runToItsEnd(arguments);
        boolean logged = Logs.stop();
        // The JDK loads its logging for an exit, which takes longer than a short command.
        if (code != 0 || logged) {
            System.exit(code);
        }
    }

    /** Runs the command; also an error, which other threads might outlive, ends it. */
    private static int runToItsEnd(String[] arguments) {
        CommandLine command = commandLine(arguments);
        try {
            return command.execute(arguments);
        } catch (Throwable e) {
            return failed(e, command);
        }
    }

    static int run(String... arguments) {
        return commandLine(arguments).execute(arguments);
    }

    private static CommandLine commandLine(String... arguments) {
        CommandLine command = new CommandLine(specification());
        Subcommands.addNeeded(command, List.of(arguments));
        return command.setColorScheme(
                        CommandLine.Help.defaultColorScheme(Terminals.colourOnOutput() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_COLUMNS)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Gatehouse::execute)
                .setParameterExceptionHandler(Gatehouse::wrongArguments)
                .setExecutionExceptionHandler(Gatehouse::failed);
    }

    /** The command without its subcommands. */
    private static CommandSpec specification() {
        CommandSpec command = CommandSpec.create().name("gatehouse");
        HelpOptions.addTo(command);
        command.usageMessage()
                .description("Stands between long-lived client connections and the services that answer them.")
                .synopsisSubcommandLabel("COMMAND")
                .footerHeading("%nExamples:%n")
                .footer(EXAMPLES);
        return command;
    }

    /** Help needs nothing; all else is refused where the environment has a variable of ours that isn't one. */
    private static int execute(ParseResult arguments) {
        Integer helped = CommandLine.executeHelpRequest(arguments);
        if (helped != null) {
            return helped;
        }
        try {
            Variables.check(System.getenv());
        } catch (OperatorException e) {
            return sentence(arguments.commandSpec().commandLine(), String.valueOf(e.getMessage()));
        }
        return arguments.hasSubcommand() ? new CommandLine.RunLast().execute(arguments) : withoutSubcommand(arguments);
    }

    /** The help, as a mistake. */
    private static int withoutSubcommand(ParseResult arguments) {
        CommandLine command = arguments.commandSpec().commandLine();
        command.usage(command.getErr());
        return OPERATOR_ERROR;
    }

    private static int wrongArguments(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String suggestions = exception instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? " (did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?)"
                : "";
        String first = String.valueOf(exception.getMessage())
                .lines()
                .findFirst()
                .orElse("wrong arguments")
                // So says picocli.
                .replace("option option", "option");
        if (first.startsWith("Unmatched argument at index 0: ") && command.getParent() == null) {
            first = first.replace("Unmatched argument at index 0", "unknown command");
        }
        return sentence(
                command,
                Character.toLowerCase(first.charAt(0)) + first.substring(1) + suggestions + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
    }

    private static int failed(Exception exception, CommandLine command, ParseResult arguments) {
        if (exception instanceof OperatorException) {
            return sentence(command, String.valueOf(exception.getMessage()));
        }
        return failed(exception, command);
    }

    private static int failed(Throwable exception, CommandLine command) {
        LoggerFactory.getLogger(Gatehouse.class)
                .error("{} failed", command.getCommandSpec().qualifiedName(), exception);
        command.getErr().println("gatehouse: failed: " + exception);
        command.getErr().flush();
        return FAILURE;
    }

    private static int sentence(CommandLine command, String text) {
        PrintWriter error = command.getErr();
        error.println("gatehouse: " + text);
        error.flush();
        return OPERATOR_ERROR;
    }
}
