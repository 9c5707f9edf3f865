package dev.gatehouse.gateway;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Checks of settings, whose errors read {@code name: value (expected: constraint)}. */
final class Checks {
    private Checks() {}

    static void inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + ".." + max + ")");
        }
    }

    static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }

    static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 or more)");
        }
    }

    static void routes(List<RouteConfig> routes, Map<String, ServiceConfig> services) {
        List<RouteConfig> sorted = routes.stream()
                .sorted(Comparator.comparingInt(RouteConfig::opcodeMin))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            RouteConfig route = sorted.get(i);
            if (!services.containsKey(route.service())) {
                throw new IllegalArgumentException(
                        "route " + route.name() + ": service " + route.service() + " (expected: one of "
                                + services.keySet().stream().sorted().toList() + ")");
            }
            if (i > 0 && sorted.get(i - 1).opcodeMax() >= route.opcodeMin()) {
                throw new IllegalArgumentException("route " + route.name() + ": opcodes " + route.opcodes()
                        + " (expected: no overlap with route "
                        + sorted.get(i - 1).name() + ", "
                        + sorted.get(i - 1).opcodes() + ")");
            }
        }
    }
}
