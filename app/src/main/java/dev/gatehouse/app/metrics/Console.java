package dev.gatehouse.app.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.ListenException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Health and metrics by HTTP.
 *
 * <pre>
 * GET /health/live     200 while the process runs
 * GET /health/ready    200 while it takes clients, or users, else 503
 * GET /metrics         every meter, for Prometheus
 * GET /                this list
 * </pre>
 */
public final class Console implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BooleanSupplier ready;
    private final Metrics metrics;

    private Console(HttpServer server, BooleanSupplier ready, Metrics metrics) {
        this.server = server;
        this.ready = ready;
        this.metrics = metrics;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Listens.
     *
     * @throws OperatorException if it can't
     */
    public static Console start(String host, int port, BooleanSupplier ready, Metrics metrics) {
        // The JDK's server takes its limits from the system's properties only: connections, and seconds for a request
        // and an answer.
        limit("jdk.httpserver.maxConnections", "256");
        limit("sun.net.httpserver.maxReqTime", "30");
        limit("sun.net.httpserver.maxRspTime", "30");
        InetSocketAddress address = new InetSocketAddress(host, port);
        try {
            return new Console(HttpServer.create(address, BACKLOG), ready, metrics);
        } catch (IOException | IllegalArgumentException e) {
            throw new OperatorException("the console " + new ListenException(address, e).getMessage(), e);
        }
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Where a reader on this machine finds it. */
    public String url() {
        InetSocketAddress address = address();
        return "http://"
                + (address.getAddress().isAnyLocalAddress()
                        ? "localhost:" + address.getPort()
                        : Address.format(address));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean reads = exchange.getRequestMethod().equals("GET")
                    || exchange.getRequestMethod().equals("HEAD");
            if (!reads) {
                send(exchange, METHOD_NOT_ALLOWED, TEXT, "only GET\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> send(exchange, OK, TEXT, "/health/live\n/health/ready\n/metrics\n");
                case "/health/live" -> send(exchange, OK, TEXT, "live\n");
                case "/health/ready" -> ready(exchange);
                case "/metrics" -> send(exchange, OK, PROMETHEUS, metrics.scrape());
                default -> send(exchange, NOT_FOUND, TEXT, "no such page; see /\n");
            }
        }
    }

    private void ready(HttpExchange exchange) throws IOException {
        if (ready.getAsBoolean()) {
            send(exchange, OK, TEXT, "ready\n");
        } else {
            send(exchange, UNAVAILABLE, TEXT, "not ready\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
