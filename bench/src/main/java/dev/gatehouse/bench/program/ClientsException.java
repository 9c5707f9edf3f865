package dev.gatehouse.bench.program;

/** The clients found something wrong with their server. */
final class ClientsException extends Exception {
    private final String sentence;

    ClientsException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
