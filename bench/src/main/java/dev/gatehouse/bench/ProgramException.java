package dev.gatehouse.bench;

/** A program didn't start, ended, or gave wrong answers. */
final class ProgramException extends Exception {
    private final String words;

    /** Says it in words that follow the program's name. */
    ProgramException(String words) {
        super(words);
        this.words = words;
    }

    @Override
    public String getMessage() {
        return words;
    }
}
