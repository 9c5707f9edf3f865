package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Bytes as the document writes them: hex digits, with blanks anywhere. */
final class Hex {
    private Hex() {}

    static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    static String of(ByteBuf buffer) {
        return ByteBufUtil.hexDump(buffer);
    }
}
