package dev.gatehouse.link;

/**
 * The first entry each way.
 *
 * @param name who speaks: a node says its service
 * @param version the version of the contract that the sender speaks, 1 or more
 * @param batchBytesMax the largest batch that the sender takes
 * @param payloadBytesMax the longest payload that the sender takes, opcode included
 * @param initialCredit the bytes of payload that may be sent to the sender on each attachment before it grants more
 */
public record Hello(String name, int version, int batchBytesMax, int payloadBytesMax, int initialCredit) {}
