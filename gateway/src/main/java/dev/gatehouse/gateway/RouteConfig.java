package dev.gatehouse.gateway;

/**
 * A range of opcodes and the service that gets them.
 *
 * @param name for logs and metrics
 * @param opcodeMin first opcode, 1001..32767
 * @param opcodeMax last opcode, opcodeMin..32767
 * @param service the service's name
 * @param open when sessions are attached
 * @param slowClient what happens to packets for a client that is too slow
 * @param queuePacketsMax how many packets may wait for such a client before that happens, 1..65536
 */
public record RouteConfig(
        String name,
        int opcodeMin,
        int opcodeMax,
        String service,
        AttachPolicy open,
        QueuePolicy slowClient,
        int queuePacketsMax) {
    /** The default of {@code queuePacketsMax}. */
    public static final int QUEUE_PACKETS_MAX = 256;

    public RouteConfig {
        Checks.inRange("opcodeMin", opcodeMin, 1001, Short.MAX_VALUE);
        Checks.inRange("opcodeMax", opcodeMax, opcodeMin, Short.MAX_VALUE);
        Checks.inRange("queuePacketsMax", queuePacketsMax, 1, 65_536);
    }

    /** A route that is opened at login and lets its service wait. */
    public static RouteConfig of(String name, int opcodeMin, int opcodeMax, String service) {
        return new RouteConfig(
                name, opcodeMin, opcodeMax, service, AttachPolicy.LOGIN, QueuePolicy.WAIT, QUEUE_PACKETS_MAX);
    }

    String opcodes() {
        return opcodeMin + "-" + opcodeMax;
    }
}
