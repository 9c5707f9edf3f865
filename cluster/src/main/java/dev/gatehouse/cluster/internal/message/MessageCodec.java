package dev.gatehouse.cluster.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.ring.snapshot.NodeState;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as bytes. Any thread.
 *
 * <pre>
 *   0      4       8        12
 *   | type | other | length | body (length bytes): a JSON object in UTF-8, or nothing |     each field u32, big-endian
 * </pre>
 *
 * <p>A framing cuts them and fills in the length.
 */
public final class MessageCodec {
    /** The longest body before VERIFIED. */
    public static final int UNVERIFIED_BODY_BYTES_MAX = 4 << 10;

    /** The longest body after it. */
    public static final int BODY_BYTES_MAX = 16 << 20;

    private static final int HEADER_BYTES = 12;
    private static final Pattern NONCE = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern PROOF = Pattern.compile("[0-9a-fA-F]{64}");
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private MessageCodec() {}

    /** The message with its header. */
    public static byte[] encode(Message message) {
        return switch (message) {
            case Message.Verify verify -> bytes(MessageType.VERIFY, 0, body(verify));
            case Message.Verified verified -> bytes(MessageType.VERIFIED, 0, body(verified));
            case Message.Ping(int number) -> bytes(MessageType.PING, number, new byte[0]);
            case Message.Pong(int number) -> bytes(MessageType.PONG, number, new byte[0]);
            case Message.State(NodeState state, long transferId) ->
                bytes(
                        MessageType.STATE,
                        0,
                        object().put("state", state.number()).put("transferId", transferId));
            case Message.Ring(var rings) -> {
                ObjectNode body = object();
                RingJson.write(rings, body);
                yield bytes(MessageType.RING, 0, body);
            }
            case Message.Leave() -> bytes(MessageType.LEAVE, 0, object());
            case Message.Failure(String code, String text, String leader) -> {
                ObjectNode body = object().put("code", code).put("message", text);
                yield bytes(MessageType.ERROR, 0, leader.isEmpty() ? body : body.put("leader", leader));
            }
            case Message.Drain(int number, String id, boolean draining) ->
                bytes(MessageType.DRAIN, number, object().put("id", id).put("draining", draining));
            case Message.Done(int number, boolean ok, String text) ->
                bytes(MessageType.DONE, number, object().put("ok", ok).put("message", text));
        };
    }

    /**
     * The message in a frame.
     *
     * @throws MalformedMessageException if it is none
     */
    public static Message decode(ByteBuf frame) {
        MessageType type = MessageType.of(frame.getUnsignedInt(frame.readerIndex()));
        int other = frame.getInt(frame.readerIndex() + 4);
        if (other != 0 && !type.numbered()) {
            throw new MalformedMessageException(
                    type + ": other: " + Integer.toUnsignedString(other) + " (expected: 0)");
        }
        return switch (type) {
            case PING -> new Message.Ping(other);
            case PONG -> new Message.Pong(other);
            case LEAVE -> new Message.Leave();
            default -> message(type, other, fields(type, frame));
        };
    }

    private static Message message(MessageType type, int other, Fields body) {
        return switch (type) {
            case VERIFY -> verify(body);
            case VERIFIED ->
                new Message.Verified(
                        (int) body.number("assignedId", 0, Integer.MAX_VALUE),
                        body.number("pingIntervalMillis", 1, Integer.MAX_VALUE),
                        (int) body.number("missesAllowed", 1, Integer.MAX_VALUE),
                        body.number("silenceMillis", 1, Integer.MAX_VALUE),
                        hex(body, "proof", PROOF));
            case STATE ->
                new Message.State(
                        NodeState.of((int) body.number("state", 0, NodeState.values().length - 1))
                                .orElseThrow(),
                        body.optionalNumber("transferId", 0, Long.MAX_VALUE).orElse(0L));
            case RING -> new Message.Ring(RingJson.read(body));
            case ERROR ->
                new Message.Failure(
                        body.text("code"),
                        body.text("message"),
                        body.optionalText("leader").orElse(""));
            case DRAIN -> new Message.Drain(other, body.text("id"), body.truth("draining"));
            case DONE -> new Message.Done(other, body.truth("ok"), body.text("message"));
            case PING, PONG, LEAVE -> throw new IllegalStateException(type + " has no fields");
        };
    }

    private static Message.Verify verify(Fields body) {
        Role role = Role.of((int) body.number("role", 1, Role.values().length));
        Participant participant = role == Role.NODE ? Participant.of(RingJson.node(body)) : withoutService(role, body);
        return new Message.Verify(participant, hex(body, "nonce", NONCE), hex(body, "proof", PROOF));
    }

    private static Participant withoutService(Role role, Fields body) {
        body.optionalText("service").filter(service -> !service.isEmpty()).ifPresent(service -> {
            throw body.wrong("service", "not empty", "an empty one in this role");
        });
        body.optionalText("address").filter(address -> !address.isEmpty()).ifPresent(address -> {
            throw body.wrong("address", "not empty", "an empty one in this role");
        });
        body.optionalNumber("port", 0, 0);
        String id = body.text("id");
        return body.checked(
                () -> new Participant(role, id, body.optionalText("name").orElse(id), Optional.empty()));
    }

    private static ObjectNode body(Message.Verify verify) {
        Participant participant = verify.participant();
        ObjectNode body = object().put("role", participant.role().number());
        participant
                .node()
                .ifPresentOrElse(
                        node -> RingJson.write(node, body),
                        () -> body.put("id", participant.id())
                                .put("name", participant.name())
                                .put("service", "")
                                .put("address", "")
                                .put("port", 0));
        return body.put("nonce", verify.nonce()).put("proof", verify.proof());
    }

    private static ObjectNode body(Message.Verified verified) {
        return object().put("assignedId", verified.assignedId())
                .put("pingIntervalMillis", verified.pingIntervalMillis())
                .put("missesAllowed", verified.missesAllowed())
                .put("silenceMillis", verified.silenceMillis())
                .put("proof", verified.proof());
    }

    private static String hex(Fields body, String name, Pattern pattern) {
        String text = body.text(name);
        if (!pattern.matcher(text).matches()) {
            throw body.wrong(name, "not one", pattern.pattern());
        }
        return text;
    }

    private static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static byte[] bytes(MessageType type, int other, ObjectNode body) {
        return bytes(type, other, MAPPER.writeValueAsBytes(body));
    }

    private static byte[] bytes(MessageType type, int other, byte[] body) {
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .putInt(type.number())
                .putInt(other)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** Decoded as text first: Jackson's own decoder takes UTF-16 and UTF-32 too, and lets overlong UTF-8 pass. */
    private static Fields fields(MessageType type, ByteBuf frame) {
        int start = frame.readerIndex() + HEADER_BYTES;
        ByteBuffer body = frame.nioBuffer(start, frame.writerIndex() - start);
        try {
            return new Fields(
                    type.name(), MAPPER.readTree(UTF_8.newDecoder().decode(body).toString()));
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException(type + ": body: not UTF-8 (expected: a JSON object)");
        } catch (JacksonException e) {
            throw new MalformedMessageException(type + ": body: not JSON (expected: a JSON object)");
        }
    }
}
