package dev.gatehouse.client;

/** A packet from the gateway, for {@link GatewayClient#receive()}. */
public final class ReceivedPacket {
    private final int opcode;
    private final byte[] payload;

    ReceivedPacket(int opcode, byte[] payload) {
        this.opcode = opcode;
        this.payload = payload;
    }

    /** The packet's number. */
    public int opcode() {
        return opcode;
    }

    /** What stands behind the opcode; the array is the receiver's own. */
    public byte[] payload() {
        return payload;
    }

    @Override
    public String toString() {
        return "opcode " + opcode + ", " + payload.length + " bytes";
    }
}
