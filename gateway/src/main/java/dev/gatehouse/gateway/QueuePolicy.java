package dev.gatehouse.gateway;

/** What happens to a service's packets when their client takes them too slowly and its queue is full. */
public enum QueuePolicy {
    /** The service is held back; the packets that are under way then, two at most, still wait too. */
    WAIT,
    /** The packet that has waited longest is dropped. */
    DROP_OLDEST,
    /** Of each opcode only the latest packet waits; then as DROP_OLDEST. */
    KEEP_LATEST,
    /** The session ends with SLOW_CONSUMER. */
    CLOSE
}
