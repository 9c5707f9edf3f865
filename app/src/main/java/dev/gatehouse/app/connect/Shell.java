package dev.gatehouse.app.connect;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Reads commands, from a terminal with a prompt, history and completion, or from a pipe. */
public final class Shell {
    private static final int FAILED = 1;

    private Shell() {}

    /** Starts a conversation that writes to the given output. */
    @FunctionalInterface
    public interface Start {
        /** Connects, and logs in if that was asked for. */
        Conversation with(Consumer<String> output) throws InterruptedException;
    }

    /**
     * Runs a conversation at a terminal, until its end. Packets appear above the prompt.
     *
     * @return the exit code
     */
    public static int interactive(Start start) throws IOException, InterruptedException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("gatehouse")
                    .completer(new StringsCompleter(
                            Arrays.stream(Verb.values()).map(Verb::word).toList()))
                    .build();
            Thread typing = Thread.currentThread();
            try (Conversation conversation = start.with(reader::printAbove)) {
                conversation.end().thenRun(typing::interrupt);
                loop(conversation, reader);
                return conversation.endedByGateway() ? FAILED : 0;
            }
        }
    }

    private static void loop(Conversation conversation, LineReader reader) {
        boolean goOn = true;
        while (goOn && !conversation.end().isDone()) {
            try {
                goOn = conversation.run(reader.readLine("gatehouse> "));
            } catch (CommandException e) {
                reader.printAbove(String.valueOf(e.getMessage()));
            } catch (EndOfFileException | UserInterruptException | InterruptedException e) {
                goOn = false;
            }
        }
    }

    /**
     * Runs the commands that a reader gives, until one fails or there are no more, and waits until the gateway has taken what they
     * sent.
     *
     * @param error hears why a command failed, with its line
     * @return the exit code
     */
    public static int scripted(Start start, BufferedReader commands, Consumer<String> output, Consumer<String> error)
            throws IOException, InterruptedException {
        try (Conversation conversation = start.with(output)) {
            int number = 0;
            boolean goOn = true;
            while (goOn) {
                String line = commands.readLine();
                number++;
                try {
                    goOn = line != null && conversation.run(line);
                } catch (CommandException e) {
                    error.accept("line " + number + ": " + e.getMessage());
                    return FAILED;
                }
            }
            try {
                conversation.settle();
            } catch (CommandException e) {
                error.accept(String.valueOf(e.getMessage()));
                return FAILED;
            }
            return 0;
        }
    }
}
