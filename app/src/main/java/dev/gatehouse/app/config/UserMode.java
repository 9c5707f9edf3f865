package dev.gatehouse.app.config;

/** Who is let in. */
public enum UserMode {
    /** Whoever shows a token of a file. */
    TOKEN_FILE,
    /** Everybody: for development only. */
    DEVELOPMENT
}
