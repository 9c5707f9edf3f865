package dev.gatehouse.app.config;

import dev.gatehouse.etcd.EtcdAccess;
import dev.gatehouse.etcd.EtcdTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of how etcd is reached. */
final class EtcdKeys {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final String[] NO_NAMES = {};

    static final Key<String> ENDPOINTS = new Key<>("etcd.endpoints", KeyType.text(".+"), "", """
            The members of an etcd as `http://HOST:PORT` or `https://HOST:PORT`, with commas between: a service without `nodes` has those that stand there as `/backends/<service>/<id>`, with the value `HOST:PORT`. Not with `coordinator.addresses`.""");
    static final Key<String> PREFIX = new Key<>("etcd.prefix", KeyType.text("[!-~]{0,199}/"), "/backends/", """
            What the keys of nodes in etcd begin with.""");
    static final Key<Duration> TIMEOUT =
            new Key<>("etcd.timeout", KeyType.duration(SHORTEST_TIMEOUT, LONGEST_TIMEOUT), "2s", """
            How long one request to etcd may take, before the next of its members is asked.""");
    static final Key<Path> TRUST = new Key<>("etcd.trust", KeyType.file(), "", """
            A PEM file with the authorities that sign etcd's certificates, for `https`; those of the JDK without it.""");
    static final Key<Path> CERTIFICATE = new Key<>("etcd.certificate", KeyType.file(), "", """
            A PEM file with the certificate chain that etcd sees, where it asks for one; with `etcd.key`.""");
    static final Key<Path> KEY = new Key<>("etcd.key", KeyType.file(), "", """
            A PEM file with the private key of `etcd.certificate` (PKCS#8, without a password).""");

    /** Those that the gateway and the coordinator share. */
    static final List<Key<?>> ALL = List.of(TIMEOUT, TRUST, CERTIFICATE, KEY);

    private EtcdKeys() {}

    /** Where a gateway finds nodes in etcd, if it does. */
    static Optional<EtcdSettings> read(Values values) {
        Optional<EtcdSettings> settings = values.find(ENDPOINTS)
                .map(endpoints -> new EtcdSettings(access(values, ENDPOINTS, endpoints), values.get(PREFIX)));
        if (settings.isPresent() && values.find(ClusterKeys.ADDRESSES).isPresent()) {
            throw values.error(
                    ENDPOINTS,
                    NO_NAMES,
                    String.join(",", settings.get().access().endpoints()),
                    "etcd.endpoints or coordinator.addresses, not both");
        }
        return settings;
    }

    /** Access to the etcd whose members a key names; what is in the files is checked when they are used. */
    static EtcdAccess access(Values values, Key<?> named, String endpoints) {
        EtcdAccess access;
        try {
            access = EtcdAccess.of(List.of(endpoints.split(",", -1))).withTimeout(values.get(TIMEOUT));
        } catch (IllegalArgumentException e) {
            throw values.error(named, NO_NAMES, String.valueOf(e.getMessage()), "");
        }
        return tls(values).map(files -> withTls(values, access, files)).orElse(access);
    }

    private static EtcdAccess withTls(Values values, EtcdAccess access, EtcdTls files) {
        try {
            return access.withTls(files);
        } catch (IllegalArgumentException e) {
            throw values.error(
                    files.trust().isPresent() ? TRUST : CERTIFICATE, NO_NAMES, String.valueOf(e.getMessage()), "");
        }
    }

    private static Optional<EtcdTls> tls(Values values) {
        Optional<Path> trust = values.readable(TRUST);
        Optional<Path> certificate = values.readable(CERTIFICATE);
        Optional<Path> key = values.readable(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            Key<Path> missing = certificate.isPresent() ? KEY : CERTIFICATE;
            throw values.error(missing, NO_NAMES, "not set", "etcd.certificate and etcd.key, or neither");
        }
        return trust.isEmpty() && certificate.isEmpty()
                ? Optional.empty()
                : Optional.of(new EtcdTls(trust, certificate, key));
    }
}
