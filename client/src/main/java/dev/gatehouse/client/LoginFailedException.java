package dev.gatehouse.client;

import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginFault;
import java.util.Optional;

/** The gateway refused the login, with opcode 12. */
public final class LoginFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reply;

    LoginFailedException(LoginFault fault) {
        super(sentence(fault));
        code = fault.code();
        reply = fault.msg();
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** What the code means; empty for one that only a newer gateway knows. */
    public Optional<LoginFailure> failure() {
        return LoginFailure.ofCode(code);
    }

    /** The gateway's text for people; it may be empty. */
    public String reply() {
        return reply;
    }

    static String sentence(LoginFault fault) {
        String name = LoginFailure.ofCode(fault.code()).map(Enum::name).orElse("code " + fault.code());
        return "the login failed: " + name + (fault.msg().isEmpty() ? "" : ", " + fault.msg());
    }
}
