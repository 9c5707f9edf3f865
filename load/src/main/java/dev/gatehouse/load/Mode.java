package dev.gatehouse.load;

/** What the clients speak, and so what kind of server they load. Immutable. */
public sealed interface Mode permits Mode.LengthPrefixedEcho, Mode.LinesEcho, GatewayMode {
    /** An echo of length-prefixed frames: every frame comes back as it was sent. */
    static Mode lengthPrefixed(int lengthFieldBytes) {
        return new LengthPrefixedEcho(lengthFieldBytes);
    }

    /** An echo of lines, ended by {@code \n}. */
    static Mode lines() {
        return new LinesEcho();
    }

    /** A gateway whose service answers opcode 1001 with 1002 and the same payload. */
    static GatewayMode gateway() {
        return GatewayMode.DEFAULT;
    }

    /** The longest payload that a message can have, in bytes. */
    int payloadBytesMax();

    /**
     * Echo of frames with their length before them.
     *
     * @param lengthFieldBytes 1..4
     */
    record LengthPrefixedEcho(int lengthFieldBytes) implements Mode {
        public LengthPrefixedEcho {
            Arguments.inRange("lengthFieldBytes", lengthFieldBytes, 1, Integer.BYTES);
        }

        @Override
        public int payloadBytesMax() {
            return lengthFieldBytes == 1 ? 0xFF : lengthFieldBytes == 2 ? 0xFFFF : LoadConfig.PAYLOAD_BYTES_MAX;
        }
    }

    /** Echo of lines. */
    record LinesEcho() implements Mode {
        @Override
        public int payloadBytesMax() {
            return LoadConfig.PAYLOAD_BYTES_MAX;
        }
    }
}
