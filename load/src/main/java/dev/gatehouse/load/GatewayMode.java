package dev.gatehouse.load;

import dev.gatehouse.protocol.Gonet2;

/**
 * Clients of a gateway, dialect {@code gonet2}: each logs in as a user of its own, sends packets of one opcode, and takes packets of
 * another as their answers, in order and with the same payload.
 *
 * @param userPrefix what users' names begin with; the client's number follows
 * @param opcode what is sent, 1001..32767
 * @param answerOpcode what is an answer, 1001..32767; other packets are counted
 * @param legacyEncryption whether the legacy encryption is turned on, which is not secure
 */
public record GatewayMode(String userPrefix, int opcode, int answerOpcode, boolean legacyEncryption) implements Mode {
    static final GatewayMode DEFAULT = new GatewayMode("load-", 1001, 1002, false);

    public GatewayMode {
        Arguments.inRange("opcode", opcode, Gonet2.SERVICE_OPCODE_MIN, Short.MAX_VALUE);
        Arguments.inRange("answerOpcode", answerOpcode, Gonet2.SERVICE_OPCODE_MIN, Short.MAX_VALUE);
    }

    /** The same with users' names that begin like this. */
    public GatewayMode users(String prefix) {
        return new GatewayMode(prefix, opcode, answerOpcode, legacyEncryption);
    }

    /** The same with these opcodes. */
    public GatewayMode opcodes(int sent, int answered) {
        return new GatewayMode(userPrefix, sent, answered, legacyEncryption);
    }

    /** The same with the legacy encryption. */
    public GatewayMode encrypted() {
        return new GatewayMode(userPrefix, opcode, answerOpcode, true);
    }

    @Override
    public int payloadBytesMax() {
        return Gonet2.INSTANCE.frameBytesMax() - Integer.BYTES - Short.BYTES;
    }
}
