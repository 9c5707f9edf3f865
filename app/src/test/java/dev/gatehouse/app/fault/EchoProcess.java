package dev.gatehouse.app.fault;

import dev.gatehouse.app.LongTests;
import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server that gives back every line, as a process; and what the kernel says of it. */
record EchoProcess(ChildProcess process, int port) implements AutoCloseable {
    /** So much memory is enough for it, whatever its peers do. */
    static final long BOUND_KIBIBYTES = 256 << 10;

    /** For {@code MethodSource}: the best transport of this machine; in the long tests all that it has. */
    static final String TRANSPORTS = "dev.gatehouse.app.fault.EchoProcess#transports";

    private static final String ANY_PORT = "127.0.0.1:0";
    private static final Path README_SERVER = Path.of("..", "examples", "echo", "Echo.java");
    /** Whatever is not bounded by the server ends it soon. */
    private static final String[] SMALL = {"-Xmx128m", "-XX:MaxDirectMemorySize=128m"};

    static Stream<Transport> transports() {
        return Stream.of(Transport.values())
                .filter(Transport::available)
                .filter(transport -> LongTests.run() || transport == Transport.best());
    }

    /** The README's server, from its source. */
    static EchoProcess readme() {
        return ready(
                Launch.java("echo", README_SERVER.toString(), SMALL).arguments(List.of("--listen", ANY_PORT)),
                UnaryOperator.identity());
    }

    /** The same on another transport, or with options of {@link LineServer}. */
    static EchoProcess start(Transport transport, String... options) {
        return start(UnaryOperator.identity(), ANY_PORT, transport, options);
    }

    /** The same, with so many file descriptors at most. */
    static EchoProcess startWithDescriptors(int max, Transport transport, String... options) {
        return start(launch -> launch.behind("prlimit", "--nofile=" + max + ":" + max), ANY_PORT, transport, options);
    }

    /** The same somewhere else. */
    static EchoProcess start(UnaryOperator<Launch> where, String address, Transport transport, String... options) {
        List<String> arguments = Stream.concat(Stream.of(address, transport.name()), Stream.of(options))
                .toList();
        return ready(Launch.java("echo", LineServer.class.getName(), SMALL).arguments(arguments), where);
    }

    private static EchoProcess ready(Launch launch, UnaryOperator<Launch> where) {
        ChildProcess process =
                where.apply(launch.environment(ChildProcess.LEAK_DETECTION)).start();
        return new EchoProcess(
                process,
                Integer.parseInt(process.awaitLine("listening on \\S*:(\\d+)").group(1)));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** {@code 127.0.0.1} and the port. */
    String text() {
        return "127.0.0.1:" + port;
    }

    /** One of the server's statistics. */
    long statistic(String name) {
        int from = process.output().size();
        process.say("statistics");
        return Long.parseLong(process.awaitLine(from, Pattern.compile("\\b" + name + "=(\\d+)"))
                .group(1));
    }

    /** How many connections ended for this reason. */
    long closed(CloseReason reason) {
        return statistic(reason.name());
    }

    /** How many file descriptors it has open. */
    int descriptors() {
        try (Stream<Path> all = Files.list(proc("fd"))) {
            return Math.toIntExact(all.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it may have so many file descriptors open. */
    void limitDescriptors(int max) {
        Launch.program(
                        "prlimit",
                        List.of("prlimit", "--pid", Long.toString(process.pid()), "--nofile=" + max + ":" + max))
                .run();
    }

    /** The processor time that it has used. */
    Duration processorTime() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow();
    }

    /** The memory that it holds, in KiB. */
    long residentKibibytes() {
        try (Stream<String> lines = Files.lines(proc("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    @Override
    public void close() {
        process.close();
    }
}
