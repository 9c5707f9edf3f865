package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.net.Ticker;
import dev.gatehouse.net.Transport;
import dev.gatehouse.net.tls.ServerTls;
import java.util.Optional;

/** All that a coordinator is started with. */
public record CoordinatorOptions(
        String listen,
        Optional<String> advertise,
        CoordinatorConfig config,
        ClusterSecret secret,
        Store store,
        Optional<ServerTls> tls,
        Optional<Transport> transport,
        Ticker ticker) {}
