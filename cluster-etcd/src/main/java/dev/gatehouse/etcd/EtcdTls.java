package dev.gatehouse.etcd;

import java.nio.file.Path;
import java.util.Optional;

/**
 * PEM files of a TLS connection to etcd. They are read at the start and after each request that failed because of the connection, so a renewed certificate needs no restart.
 *
 * @param trust certificates of the authorities that etcd's certificate may be of; without it those of the JDK
 * @param certificate our certificate chain, where etcd asks for one; with {@code key}
 * @param key our private key
 */
public record EtcdTls(Optional<Path> trust, Optional<Path> certificate, Optional<Path> key) {
    public EtcdTls {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate, key: one of them (expected: both or none)");
        }
    }
}
