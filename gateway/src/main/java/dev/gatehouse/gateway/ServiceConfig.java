package dev.gatehouse.gateway;

import dev.gatehouse.ring.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A service as the gateway links to it.
 *
 * @param name what routes and metrics call it; matches {@code [A-Za-z0-9._-]{1,64}}
 * @param placement which node serves a user
 * @param fixedNode the node's id for {@link PlacementPolicy#FIXED}, else empty
 * @param nodes the nodes that a static registry knows; empty where another registry is used
 * @param token what the gateway shows to the nodes; empty for none. A secret
 * @param tls whether links use TLS
 * @param trust a PEM file with the authorities that sign the nodes' certificates; without one the JDK's
 * @param insecure whether links without TLS may leave the loopback
 * @param contract what the nodes speak
 */
public record ServiceConfig(
        String name,
        PlacementPolicy placement,
        String fixedNode,
        List<Member> nodes,
        String token,
        boolean tls,
        Optional<Path> trust,
        boolean insecure,
        Contract contract) {

    public ServiceConfig {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("service: " + name + " (expected: [A-Za-z0-9._-]{1,64})");
        }
        if (placement == PlacementPolicy.FIXED && fixedNode.isEmpty()) {
            throw new IllegalArgumentException("fixedNode: empty (expected: a node's id, for the placement fixed)");
        }
        nodes = List.copyOf(nodes);
    }

    /** A service without token and TLS, placed by user hash, on the contract gonet2. */
    public static ServiceConfig plain(String name, List<Member> nodes) {
        return new ServiceConfig(
                name, PlacementPolicy.USER_HASH, "", nodes, "", false, Optional.empty(), false, Contract.GONET2);
    }

    /** The same for nodes that a registry with rings knows, placed by the ring. */
    public static ServiceConfig onRing(String name) {
        return new ServiceConfig(
                name, PlacementPolicy.RING, "", List.of(), "", false, Optional.empty(), false, Contract.GONET2);
    }

    /** The same with a token. */
    public ServiceConfig withToken(String newToken) {
        return new ServiceConfig(name, placement, fixedNode, nodes, newToken, tls, trust, insecure, contract);
    }

    /** The same on another contract. */
    public ServiceConfig withContract(Contract newContract) {
        return new ServiceConfig(name, placement, fixedNode, nodes, token, tls, trust, insecure, newContract);
    }

    @Override
    public String toString() {
        return "ServiceConfig[" + name + ", " + contract + ", " + placement + ", nodes " + nodes + ", tls " + tls + "]";
    }
}
