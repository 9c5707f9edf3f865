package dev.gatehouse.bench.program;

import dev.gatehouse.bench.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Clients, as the process that started this one asks for them: reads a question a line, answers each by a line that begins with
 * {@code ok}, or says what went wrong.
 *
 * <pre>
 *   connect WIRE PORT CLIENTS              ok NUMBER
 *   run NUMBER BYTES IN_FLIGHT MILLIS      ok ANSWERS      for a time
 *   once NUMBER BYTES                      ok ANSWERS      one message of each client
 *   close NUMBER                           ok
 * </pre>
 */
public final class LoadProgram {
    private final Map<String, Clients> clients = new HashMap<>();

    private LoadProgram() {}

    /** No arguments. */
    @SuppressWarnings("SystemOut") // The process that started this one reads it.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LoadProgram program = new LoadProgram();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = in.readLine(); question != null; question = in.readLine()) {
            System.out.println(program.answer(question.split(" ", -1)));
        }
    }

    private String answer(String[] words) throws InterruptedException {
        try {
            return switch (words[0]) {
                case "connect" -> "ok " + connect(words);
                case "run" ->
                    "ok " + of(words).run(number(words[2]), number(words[3]), Duration.ofMillis(number(words[4])));
                case "once" -> "ok " + of(words).once(number(words[2]));
                case "close" -> {
                    of(words).close();
                    yield "ok";
                }
                default -> throw new ClientsException("unknown question: " + words[0]);
            };
        } catch (ClientsException e) {
            return e.getMessage();
        }
    }

    private String connect(String[] words) throws InterruptedException, ClientsException {
        String name = Integer.toString(clients.size());
        clients.put(name, Clients.connect(Wire.of(words[1]), number(words[2]), number(words[3])));
        return name;
    }

    private Clients of(String[] words) {
        return Objects.requireNonNull(clients.get(words[1]));
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
