package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.AttachPolicy;
import dev.gatehouse.gateway.Contract;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.protocol.Gonet2;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which service gets an opcode: one look into a table, which never changes; only the labels do. Any thread. */
final class Router {
    private final @Nullable Route[] byOpcode = new Route[Short.MAX_VALUE + 1];
    private final List<Route> routes = new ArrayList<>();
    private final List<ServiceConfig> services;
    private final List<Route> firstOfService = new ArrayList<>();
    private final List<Integer> openedAtLogin = new ArrayList<>();
    private volatile Labels labels;

    Router(GatewayConfig config) {
        labels = new Labels(config.opcodeNames(), config.trace());
        services = config.services().values().stream()
                .filter(s -> config.routes().stream().anyMatch(r -> r.service().equals(s.name())))
                .sorted(Comparator.comparing(ServiceConfig::name))
                .toList();
        for (RouteConfig route : config.routes()) {
            add(new Route(route, routes.size() + 1, serviceIndex(route.service())));
        }
        for (int i = 0; i < services.size(); i++) {
            int service = i;
            firstOfService.add(routes.stream()
                    .filter(r -> r.service() == service)
                    .findFirst()
                    .orElseThrow());
            if (routes.stream()
                    .anyMatch(r -> r.service() == service && r.config().open() == AttachPolicy.LOGIN)) {
                openedAtLogin.add(service);
            }
        }
    }

    private void add(Route route) {
        routes.add(route);
        for (int opcode = route.config().opcodeMin(); opcode <= route.config().opcodeMax(); opcode++) {
            byOpcode[opcode] = route;
        }
    }

    private int serviceIndex(String name) {
        return services.stream().map(ServiceConfig::name).toList().indexOf(name);
    }

    /** The route of an opcode (0..32767), or null if nobody takes it. */
    @Nullable
    Route route(int opcode) {
        return byOpcode[opcode];
    }

    /** The route by which a service's packet goes to a client: the opcode's, if it is that service's, else its first. */
    Route wayBack(int opcode, int service) {
        Route route = opcode < 0 ? null : byOpcode[opcode];
        return route != null && route.service() == service ? route : firstOfService.get(service);
    }

    List<Route> routes() {
        return routes;
    }

    /** The services that routes name; their places in this list are the services' indices. */
    List<ServiceConfig> services() {
        return services;
    }

    /** Indices of the services to which sessions are attached at login. */
    List<Integer> openedAtLogin() {
        return openedAtLogin;
    }

    /** Whether some service's contract tells its nodes more of a session than its user. */
    boolean introduces() {
        return services.stream().anyMatch(s -> s.contract() == Contract.TRUNK);
    }

    /** Whether packets are logged. */
    boolean trace() {
        return labels.trace;
    }

    /** An opcode's name for logs and metrics: the configured one, the dialect's, or the number. */
    String opcodeName(int opcode) {
        String name = labels.opcodeNames.get(opcode);
        return name != null ? name : Gonet2.OPCODE_NAMES.getOrDefault(opcode, Integer.toString(opcode));
    }

    void relabel(Map<Integer, String> opcodeNames, boolean trace) {
        labels = new Labels(Map.copyOf(opcodeNames), trace);
    }

    private record Labels(Map<Integer, String> opcodeNames, boolean trace) {}
}
