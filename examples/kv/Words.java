package kv;

import io.netty.buffer.ByteBuf;

/**
 * The words of a plain line, as a person types it: separated by spaces; quoted with {@code "} (with the escapes {@code \n \r \t \b \a
 * \xHH}) or with {@code '}.
 */
final class Words {
    private final ByteBuf line;
    private final ByteBuf out;

    private Words(ByteBuf line, ByteBuf out) {
        this.line = line;
        this.out = out;
    }

    /** Appends the words of {@code line}, which it reads to its end, to {@code out}, and says where they stand. */
    static void split(ByteBuf line, ByteBuf out, RequestSyntax.Arguments arguments) throws ProtocolException {
        Words words = new Words(line, out);
        while (words.skipSpaces()) {
            int start = out.writerIndex();
            words.word();
            arguments.add(start, out.writerIndex() - start);
        }
    }

    private boolean skipSpaces() {
        while (line.isReadable()) {
            if (!isSpace(line.getByte(line.readerIndex()))) {
                return true;
            }
            line.skipBytes(1);
        }
        return false;
    }

    private void word() throws ProtocolException {
        while (line.isReadable()) {
            byte next = line.readByte();
            if (next == '"' || next == '\'') {
                quoted(next);
                return;
            } else if (isSpace(next)) {
                return;
            }
            out.writeByte(next);
        }
    }

    /** Up to the closing quote, behind which a space or the end must stand. */
    private void quoted(byte quote) throws ProtocolException {
        while (line.isReadable()) {
            byte next = line.readByte();
            if (next == quote) {
                if (line.isReadable() && !isSpace(line.getByte(line.readerIndex()))) {
                    throw unbalanced();
                }
                return;
            } else if (next != '\\' || !line.isReadable()) {
                out.writeByte(next);
            } else if (quote == '"') {
                escaped();
            } else {
                boolean quoteItself = line.getByte(line.readerIndex()) == quote;
                out.writeByte(quoteItself ? line.readByte() : next);
            }
        }
        throw unbalanced();
    }

    private void escaped() {
        byte next = line.readByte();
        if (next == 'x' && line.readableBytes() >= 2 && hexDigit(0) >= 0 && hexDigit(1) >= 0) {
            out.writeByte(hexDigit(0) << 4 | hexDigit(1));
            line.skipBytes(2);
            return;
        }
        out.writeByte(
                switch (next) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'a' -> 7;
                    default -> next;
                });
    }

    private int hexDigit(int ahead) {
        return Character.digit(line.getByte(line.readerIndex() + ahead), 16);
    }

    private ProtocolException unbalanced() {
        return new ProtocolException(line.writerIndex(), "unbalanced quotes in request");
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || (value >= '\t' && value <= '\r') || value == 0;
    }
}
