package dev.gatehouse.bench.program;

import dev.gatehouse.bench.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Clients, as the process that started this one asks for them: reads a question a line, answers each by a line that begins with
 * {@code ok}, or says what went wrong.
 *
 * <pre>
 *   connect WIRE PORT CLIENTS              ok NUMBER
 *   run NUMBER BYTES IN_FLIGHT MILLIS      ok ANSWERS
 *   close NUMBER                           ok
 * </pre>
 */
public final class LoadProgram {
    private final Map<String, EchoClients> clients = new HashMap<>();

    private LoadProgram() {}

    /** No arguments. */
    @SuppressWarnings("SystemOut") // The process that started this one reads it.
    public static void main(String[] arguments) throws IOException {
        LoadProgram program = new LoadProgram();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = in.readLine(); question != null; question = in.readLine()) {
            System.out.println(program.answer(question.split(" ", -1)));
        }
    }

    private String answer(String[] question) {
        try {
            return switch (question[0]) {
                case "connect" -> {
                    String number = Integer.toString(clients.size());
                    clients.put(
                            number,
                            new EchoClients(
                                    Wire.valueOf(question[1]),
                                    Integer.parseInt(question[2]),
                                    Integer.parseInt(question[3])));
                    yield "ok " + number;
                }
                case "run" ->
                    "ok "
                            + of(question[1])
                                    .run(
                                            Integer.parseInt(question[2]),
                                            Integer.parseInt(question[3]),
                                            TimeUnit.MILLISECONDS.toNanos(Long.parseLong(question[4])));
                case "close" -> {
                    of(question[1]).close();
                    yield "ok";
                }
                default -> "unknown question: " + question[0];
            };
        } catch (IOException | IllegalStateException e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    private EchoClients of(String number) {
        return Objects.requireNonNull(clients.get(number));
    }
}
