package dev.gatehouse.app;

import dev.gatehouse.app.config.Variables;
import dev.gatehouse.app.logging.Logs;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.app.operator.Terminals;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code gatehouse} command. Exit codes: 0 when all went well, 1 when something failed, 2 for what whoever runs it has to mend,
 * which one sentence on the standard error stream says.
 */
@Command(
        name = "gatehouse",
        description = "Stands between long-lived client connections and the services that answer them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DevCommand.class,
            GatewayCommand.class,
            ServiceCommand.class,
            ConnectCommand.class,
            EchoCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dev                                a gateway and a demo service, to try",
            "  gatehouse connect 127.0.0.1:8888             a client to talk to it",
            "  gatehouse gateway --config gatehouse.yaml    a gateway for real use",
            "",
            "'gatehouse COMMAND --help', or 'gatehouse help COMMAND', says more about each command."
        })
public final class Gatehouse implements Callable<Integer> {
    private static final int OPERATOR_ERROR = 2;
    private static final int FAILURE = 1;
    private static final int HELP_COLUMNS = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
    private CommandSpec spec;

    private Gatehouse() {}

    /** Runs the command, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = runToItsEnd(arguments);
        Logs.stop();
        System.exit(code);
    }

    /** Runs the command; also an error, which other threads might outlive, ends it. */
    private static int runToItsEnd(String[] arguments) {
        CommandLine command = commandLine();
        try {
            return command.execute(arguments);
        } catch (Throwable e) {
            return failed(e, command);
        }
    }

    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Gatehouse())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Terminals.colourOnOutput() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_COLUMNS)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Gatehouse::execute)
                .setParameterExceptionHandler(Gatehouse::wrongArguments)
                .setExecutionExceptionHandler(Gatehouse::failed);
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
        return new CommandLine.RunLast().execute(arguments);
    }

    /** Without a subcommand: the help, as a mistake. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
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
