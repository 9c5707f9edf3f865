package dev.gatehouse.app.operator;

/** What whoever runs the command has to mend; the message is one sentence that says what. Ends the command with exit code 2. */
public final class OperatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OperatorException(String message) {
        super(message);
    }

    public OperatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
