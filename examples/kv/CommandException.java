package kv;

/** A command can't be carried out; the message is the client's answer. Without a stack trace: clients make mistakes. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** So much of what a client sent is shown to it at most. */
    private static final int SHOWN_BYTES_MAX = 128;

    private final String answer;

    CommandException(String answer) {
        super(answer, null, false, false);
        this.answer = answer;
    }

    /** What the client is told. */
    String answer() {
        return answer;
    }

    static CommandException notAnInteger() {
        return new CommandException("ERR value is not an integer or out of range");
    }

    static CommandException syntax() {
        return new CommandException("ERR syntax error");
    }

    static CommandException outOfMemory() {
        return new CommandException("OOM command not allowed when used memory > 'maxmemory'.");
    }

    static CommandException invalidExpire(String command) {
        return new CommandException("ERR invalid expire time in '" + command + "' command");
    }

    /** There is no such command. */
    static CommandException unknown(Request request) {
        StringBuilder arguments = new StringBuilder();
        for (int i = 1; i < request.count() && arguments.length() < SHOWN_BYTES_MAX; i++) {
            String argument = shown(request.text(i), SHOWN_BYTES_MAX - arguments.length());
            arguments.append('\'').append(argument).append("' ");
        }
        return new CommandException("ERR unknown command '" + shown(request.text(0), SHOWN_BYTES_MAX)
                + "', with args beginning with: " + arguments);
    }

    /** The command has no such subcommand. */
    static CommandException subcommand(Request request, String command) {
        return new CommandException(
                "ERR unknown subcommand '" + shown(request.text(1), SHOWN_BYTES_MAX) + "'. Try " + command + " HELP.");
    }

    private static String shown(String text, int bytesMax) {
        return text.substring(0, Math.min(text.length(), bytesMax));
    }

    /** The command takes fewer arguments, or more. */
    static CommandException arguments(String command) {
        return new CommandException("ERR wrong number of arguments for '" + command + "' command");
    }
}
