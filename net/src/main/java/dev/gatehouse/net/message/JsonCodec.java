package dev.gatehouse.net.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * JSON, through Jackson. What comes is decoded as text first: Jackson's own decoder takes UTF-16 and UTF-32 too, and lets
 * overlong UTF-8 pass.
 */
final class JsonCodec<I, O> implements Codec<I, O> {
    private final TextCodec text = new TextCodec();
    private final Class<I> incoming;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(ObjectMapper mapper, Class<I> incoming, Class<O> outgoing) {
        this.incoming = incoming;
        reader = mapper.readerFor(incoming);
        writer = mapper.writerFor(outgoing);
    }

    @Override
    public I decode(ByteBuf payload) {
        @Nullable I message;
        try {
            message = reader.readValue(text.decode(payload));
        } catch (JacksonException e) {
            throw refused(e);
        }
        if (message == null) {
            throw new MessageException("JSON: null (expected: " + incoming.getSimpleName() + ")");
        }
        return message;
    }

    /** Says what is wrong, and where; what Jackson would say quotes the payload. */
    private MessageException refused(JacksonException cause) {
        TokenStreamLocation location = cause.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new MessageException(
                "JSON: " + cause.getClass().getSimpleName() + where + " (expected: " + expected(cause) + ")");
    }

    private String expected(JacksonException cause) {
        Class<?> expected = switch (cause) {
            case InvalidDefinitionException undefined -> rawClass(undefined.getType());
            case MismatchedInputException mismatch -> mismatch.getTargetType();
            default -> null;
        };
        return (expected == null ? incoming : expected).getSimpleName();
    }

    private static @Nullable Class<?> rawClass(@Nullable JavaType type) {
        return type == null ? null : type.getRawClass();
    }

    @Override
    public void encode(O message, ByteBuf out) {
        writer.writeValue((OutputStream) new ByteBufOutputStream(out), message);
    }
}
