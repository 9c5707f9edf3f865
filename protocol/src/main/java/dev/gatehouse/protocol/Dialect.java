package dev.gatehouse.protocol;

/** A wire format of the client protocol: how its frames are cut; its {@link PacketCodec}s say what a frame holds. */
public interface Dialect {
    /** The name in configuration, logs and metrics. */
    String name();

    /** How many bytes the length before each frame has. */
    int lengthFieldBytes();

    /** The longest frame that the format can express, in bytes without the length; a configured limit may be lower. */
    int frameBytesMax();
}
