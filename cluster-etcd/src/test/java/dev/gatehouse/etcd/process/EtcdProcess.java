package dev.gatehouse.etcd.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real etcd of one member, on the loopback; its output is beside its data. Closing it kills it. */
public final class EtcdProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);

    private final EtcdMember member;
    private final Process process;

    private EtcdProcess(EtcdMember member, Process process) {
        this.member = member;
        this.process = process;
    }

    /** Starts one with its data in this folder; it is ready when this returns. */
    public static EtcdProcess start(Path folder) {
        return start(EtcdMember.local("etcd"), folder);
    }

    /** The same as a member that is known already. */
    public static EtcdProcess start(EtcdMember member, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(member.command(folder, List.of(member)));
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(member.name() + ".log").toFile());
        try {
            EtcdProcess etcd = new EtcdProcess(member, builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(etcd.process::destroyForcibly));
            await("etcd is ready").atMost(START).until(() -> healthy(member));
            return etcd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it answers, and sees a leader. */
    public static boolean healthy(EtcdMember member) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(member.url() + "/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where clients reach it. */
    public String url() {
        return member.url();
    }

    /** It stands still, as by SIGSTOP. */
    public void freeze() {
        signal("STOP");
    }

    /** It goes on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -s " + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is an etcd to be started on this machine. */
    static boolean installed() {
        String path = System.getenv().getOrDefault("PATH", "");
        return List.of(path.split(":", -1)).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, "etcd")));
    }
}
