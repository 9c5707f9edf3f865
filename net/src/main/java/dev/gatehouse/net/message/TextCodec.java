package dev.gatehouse.net.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.CharacterCodingException;

/** Texts in UTF-8. */
final class TextCodec implements Codec<String, String> {
    /** What the JDK decodes malformed bytes to; a peer may also send it. */
    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public String decode(ByteBuf payload) {
        String text = payload.toString(UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            refuseMalformed(payload);
        }
        return text;
    }

    private static void refuseMalformed(ByteBuf payload) {
        try {
            UTF_8.newDecoder().decode(payload.nioBuffer());
        } catch (CharacterCodingException e) {
            throw new MessageException("text of " + payload.readableBytes() + " bytes that isn't UTF-8");
        }
    }

    @Override
    public void encode(String message, ByteBuf out) {
        ByteBufUtil.writeUtf8(out, message);
    }
}
