package dev.gatehouse.load;

/** Makes the dialogues of a thread's connections. */
final class Dialogues {
    private final Mode mode;
    private final PayloadPattern pattern;

    Dialogues(LoadConfig config) {
        mode = config.mode();
        pattern = new PayloadPattern(config.payloadBytesMax(), mode instanceof Mode.LinesEcho);
        pattern.resize(config.payloadBytes());
    }

    PayloadPattern pattern() {
        return pattern;
    }

    /** What a new connection of this client says. */
    Dialogue open(int client) {
        return switch (mode) {
            case Mode.LengthPrefixedEcho echo ->
                new LengthPrefixedDialogue(pattern, PayloadPattern.clientDigits(client), echo.lengthFieldBytes());
            case Mode.LinesEcho lines -> new LinesDialogue(pattern, PayloadPattern.clientDigits(client));
            case GatewayMode gateway -> new GatewayDialogue(gateway, pattern, client);
        };
    }
}
