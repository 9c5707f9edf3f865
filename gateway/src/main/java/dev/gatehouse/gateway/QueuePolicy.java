package dev.gatehouse.gateway;

/** What happens to a service's packets when their client takes them too slowly and its queue is full. */
public enum QueuePolicy {
    /**
     * The service is held back; what is under way then still waits too: two packets, over the trunk as many bytes as {@code
     * linkWindowBytes} says. Nothing holds back a broadcast, so one that finds the queue full ends the session.
     */
    WAIT,
    /** The packet that has waited longest is dropped. */
    DROP_OLDEST,
    /** Of each opcode only the latest packet waits; then as DROP_OLDEST. */
    KEEP_LATEST,
    /** The session ends with SLOW_CONSUMER. */
    CLOSE
}
