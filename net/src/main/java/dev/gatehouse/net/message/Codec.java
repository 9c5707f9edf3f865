package dev.gatehouse.net.message;

import dev.gatehouse.net.BlockingHandler;
import dev.gatehouse.net.ConnectionHandler;
import io.netty.buffer.ByteBuf;
import tools.jackson.databind.ObjectMapper;

/**
 * Turns payloads into messages of a type {@code I} and messages of a type {@code O} into payloads. It has no state of a
 * connection, serves any number of them, and is called on any thread.
 *
 * <pre>{@code
 * record Greeting(String name) {}
 * record Reply(String text) {}
 *
 * Server.builder("127.0.0.1:0", Framing.lines(65536))
 *         .handler(Codec.json(Greeting.class, Reply.class)
 *                 .handler((connection, greeting) -> connection.send(new Reply("hello " + greeting.name()))))
 *         .start();
 * }</pre>
 *
 * @param <I> incoming messages
 * @param <O> outgoing messages
 */
public interface Codec<I, O> {
    /**
     * Reads one message from all readable bytes of {@code payload}, which is valid only during the call; nothing of the
     * message may refer to it. It may move the reader index.
     *
     * @throws MessageException if the payload isn't a message; any other exception is taken as an error of ours
     */
    I decode(ByteBuf payload);

    /**
     * Appends one message's payload to {@code out}, which holds other bytes before it and isn't kept.
     *
     * @throws RuntimeException if it can't be said; what was appended is then taken back
     */
    void encode(O message, ByteBuf out);

    /** Serves connections with callbacks that are given messages. */
    default ConnectionHandler handler(MessageHandler<I, O> handler) {
        return new CodecHandler<>(this, handler);
    }

    /** Serves connections with sequential code that receives messages. */
    default BlockingHandler blockingHandler(BlockingMessageHandler<I, O> handler) {
        return connection -> handler.handle(new BlockingCodecConnection<>(this, connection));
    }

    /** Payloads as they are, in arrays of their own. */
    static Codec<byte[], byte[]> bytes() {
        return new BytesCodec();
    }

    /**
     * Texts in UTF-8. Incoming bytes that aren't UTF-8 are refused; an unpaired surrogate in an outgoing text, which UTF-8
     * can't say, is written as {@code ?}.
     */
    static Codec<String, String> text() {
        return new TextCodec();
    }

    /**
     * JSON to and from records and sealed types.
     *
     * <ul>
     *   <li>The permitted types of a sealed type are told apart by a property {@code type} with the simple name, unless the
     *       type has annotations of Jackson's that say it otherwise. An incoming or outgoing type that isn't sealed itself has
     *       no such property.
     *   <li>Incoming properties that are unknown are ignored, so that peers of two versions can talk. Known ones must be
     *       there and not be null, unless the component of the record is an {@link java.util.Optional}.
     *   <li>A message that a record's constructor refuses, by throwing, is refused.
     *   <li>The limits of Jackson for what a peer may send are kept: 500 levels of nesting, 1,000 digits in a number.
     * </ul>
     */
    static <I, O> Codec<I, O> json(Class<I> incoming, Class<O> outgoing) {
        return json(SealedTypes.mapper(), incoming, outgoing);
    }

    /** JSON as this mapper reads and writes it, with its own rules for unknown, missing and sealed types. */
    static <I, O> Codec<I, O> json(ObjectMapper mapper, Class<I> incoming, Class<O> outgoing) {
        return new JsonCodec<>(mapper, incoming, outgoing);
    }
}
