package dev.gatehouse.app;

import dev.gatehouse.app.config.ClusterSecrets;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterException;
import dev.gatehouse.cluster.Operator;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.TlsFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The options of commands that talk to coordinators. */
final class ClusterOptions {
    private static final String DEFAULT_ADDRESS = "127.0.0.1:12345";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Optional<String>> coordinators;
    private final Supplier<Optional<Path>> secretFile;
    private final Supplier<Optional<Path>> trust;

    ClusterOptions(Subcommand command) {
        coordinators = command.option(
                "--coordinator",
                "HOST:PORT,...",
                String.class,
                "The coordinators' addresses; for commands that only ask, " + DEFAULT_ADDRESS + " by default.");
        secretFile = command.option(
                "--secret-file",
                "FILE",
                Path.class,
                "A file whose first line is the cluster's secret; or give it in the variable " + ClusterSecrets.VARIABLE
                        + ".");
        trust = command.option(
                "--coordinator-trust",
                "FILE",
                Path.class,
                "A PEM file with the authorities that sign the coordinators' certificates: the connection then uses TLS.");
    }

    /** How to reach them, if they were named; what is said of them else would mean nothing. */
    Optional<ClusterAccess> access() {
        if (coordinators.get().isEmpty()) {
            secretFile.get().ifPresent(file -> withoutCoordinator("--secret-file", file));
            trust.get().ifPresent(file -> withoutCoordinator("--coordinator-trust", file));
        }
        return coordinators.get().map(this::access);
    }

    private static void withoutCoordinator(String option, Path file) {
        throw new OperatorException(option + ": " + file + " (expected: with --coordinator)");
    }

    /** An operator's connection to the one that leads. */
    Operator operator() {
        ClusterAccess access = access(coordinators.get().orElse(DEFAULT_ADDRESS));
        try {
            return Operator.connect(access, TIMEOUT);
        } catch (ClusterException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    private ClusterAccess access(String text) {
        List<String> addresses = Arrays.stream(text.split(",", -1))
                .map(address -> Listening.peer("--coordinator", address.strip()).toString())
                .toList();
        ClusterAccess access = ClusterAccess.of(addresses, ClusterSecrets.read(secretFile.get(), System.getenv()));
        return trust.get().map(file -> access.withTls(tls(file))).orElse(access);
    }

    private static ClientTls tls(Path trust) {
        try {
            return ClientTls.builder().trust(trust).build();
        } catch (TlsFileException e) {
            throw new OperatorException("--coordinator-trust: " + e.getMessage(), e);
        }
    }
}
