package dev.gatehouse.app.config;

import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.etcd.EtcdAccess;
import dev.gatehouse.etcd.EtcdTls;
import dev.gatehouse.net.tls.ClientTls;
import dev.gatehouse.net.tls.TlsFileException;

/** What stands in the files of {@code etcd.trust}, {@code etcd.certificate} and {@code etcd.key}. */
public final class EtcdFiles {
    private EtcdFiles() {}

    /**
     * Reads them, if there are any: connections to etcd do so only later.
     *
     * @throws OperatorException if they can't be used
     */
    public static void check(EtcdAccess access) {
        access.tls().ifPresent(EtcdFiles::check);
    }

    private static void check(EtcdTls files) {
        ClientTls.Builder tls = ClientTls.builder();
        files.trust().ifPresent(tls::trust);
        files.certificate()
                .ifPresent(
                        certificate -> tls.certificate(certificate, files.key().orElseThrow()));
        try {
            var unused = tls.build();
        } catch (TlsFileException e) {
            throw new OperatorException("etcd." + e.getMessage(), e);
        }
    }
}
