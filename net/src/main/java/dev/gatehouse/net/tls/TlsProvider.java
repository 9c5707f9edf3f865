package dev.gatehouse.net.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What does the cryptography of TLS. One of them serves the whole process. */
public enum TlsProvider {
    /** The JDK's own. */
    JDK,
    /**
     * BoringSSL, which is quicker; used when netty-tcnative-boringssl-static is on the class path. With it, a peer that closes
     * its sending side (close_notify) gets no answers any more, as TLS 1.2 has it.
     */
    BORINGSSL;

    /** The one in use; logged when it is first asked for. Any thread. */
    public static TlsProvider inUse() {
        return Choice.MADE;
    }

    SslProvider netty() {
        return this == BORINGSSL ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /** Chosen, and logged, on first use. */
    private static final class Choice {
        private static final Logger LOG = LoggerFactory.getLogger(TlsProvider.class);
        static final TlsProvider MADE = choose();

        private static TlsProvider choose() {
            boolean boring = OpenSsl.isAvailable() && "BoringSSL".equals(OpenSsl.versionString());
            TlsProvider made = boring ? BORINGSSL : JDK;
            LOG.info("TLS by {}", made);
            return made;
        }
    }
}
