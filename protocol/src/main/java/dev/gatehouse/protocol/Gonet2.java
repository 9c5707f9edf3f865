package dev.gatehouse.protocol;

import java.util.Map;

/**
 * The dialect {@code gonet2}: its frames, its opcodes and their names, and its codecs. The format is described in PROTOCOLS.md
 * section 2 and, byte by byte, at {@link Gonet2Codec}. Opcodes are named as there, in the original's spelling.
 */
public final class Gonet2 implements Dialect {
    /** The dialect; it has no state. */
    public static final Gonet2 INSTANCE = new Gonet2();

    /** Client to gateway: {@link Heartbeat}. */
    public static final int HEART_BEAT_REQ = 0;
    /** Gateway to client: {@link Heartbeat} with the same id. */
    public static final int HEART_BEAT_ACK = 1;
    /** Client to gateway: {@link LoginRequest}. */
    public static final int USER_LOGIN_REQ = 10;
    /** Gateway to client: {@link LoginAck}. */
    public static final int USER_LOGIN_SUCCEED_ACK = 11;
    /** Gateway to client: {@link LoginFault}; then the connection closes. */
    public static final int USER_LOGIN_FAILD_ACK = 12;
    /** Gateway to client: {@link ErrorAck}, once, before the gateway ends a session for cause. */
    public static final int CLIENT_ERROR_ACK = 13;
    /** Client to gateway: {@link KeySeeds}; the client's offer of a key exchange. */
    public static final int GET_SEED_REQ = 30;
    /** Gateway to client: {@link KeySeeds}; every packet after it is encrypted. */
    public static final int GET_SEED_ACK = 31;
    /** The lowest opcode that a service can have; all below belong to the gateway. */
    public static final int SERVICE_OPCODE_MIN = 1001;

    /** The names of the opcodes that the format defines, the ping of a service (1001 and 1002) among them. */
    public static final Map<Integer, String> OPCODE_NAMES = Map.of(
            HEART_BEAT_REQ,
            "heart_beat_req",
            HEART_BEAT_ACK,
            "heart_beat_ack",
            USER_LOGIN_REQ,
            "user_login_req",
            USER_LOGIN_SUCCEED_ACK,
            "user_login_succeed_ack",
            USER_LOGIN_FAILD_ACK,
            "user_login_faild_ack",
            CLIENT_ERROR_ACK,
            "client_error_ack",
            GET_SEED_REQ,
            "get_seed_req",
            GET_SEED_ACK,
            "get_seed_ack",
            1001,
            "proto_ping_req",
            1002,
            "proto_ping_ack");

    private Gonet2() {}

    @Override
    public String name() {
        return "gonet2";
    }

    @Override
    public int lengthFieldBytes() {
        return 2;
    }

    @Override
    public int frameBytesMax() {
        return 0xFFFF;
    }

    /** A new codec for the gateway's side of one session. */
    public Gonet2Codec gatewaySide() {
        return gatewaySide(0);
    }

    /** A new codec for the client's side of one session. */
    public Gonet2Codec clientSide() {
        return clientSide(0);
    }

    /**
     * A gateway's codec that takes {@code lastSequence} as already received. For tests of the sequence's end, which no test
     * reaches by counting.
     *
     * @throws IllegalArgumentException if the number isn't a u32
     */
    public static Gonet2Codec gatewaySide(long lastSequence) {
        return new Gonet2Codec(Gonet2Codec.Side.GATEWAY, lastSequence);
    }

    /**
     * A client's codec that takes {@code lastSequence} as already sent. For tests of the sequence's end.
     *
     * @throws IllegalArgumentException if the number isn't a u32
     */
    public static Gonet2Codec clientSide(long lastSequence) {
        return new Gonet2Codec(Gonet2Codec.Side.CLIENT, lastSequence);
    }
}
