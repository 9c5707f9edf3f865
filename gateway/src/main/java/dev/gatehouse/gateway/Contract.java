package dev.gatehouse.gateway;

/** What a service's nodes and the gateway speak to each other. */
public enum Contract {
    /** One gRPC stream a session, as unmodified gonet2 game servers speak it (PROTOCOLS.md section 4). */
    GONET2,
    /** One gRPC call for all sessions of an event loop, as our SDK speaks it too (PROTOCOLS.md section 5). */
    TRUNK
}
