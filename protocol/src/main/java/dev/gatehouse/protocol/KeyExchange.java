package dev.gatehouse.protocol;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * The key exchange of the legacy encryption: Diffie-Hellman once per direction, then RC4 per direction (PROTOCOLS.md section 2).
 * Insecure: the group has 31 bits and nothing authenticates either side.
 *
 * <pre>
 *  client: secrets S1, S2                             gateway: secrets X1, X2
 *     M1 = g^S1, M2 = g^S2   --- get_seed_req ---&gt;
 *                            &lt;--- get_seed_ack ---    E1 = g^X1, E2 = g^X2
 *     K1 = E1^S1 = M1^X1: client to gateway      K2 = E2^S2 = M2^X2: gateway to client
 *     RC4 key = ASCII "DH" + decimal digits of K
 * </pre>
 *
 * <p>A secret is the lower 63 bits of one {@link RandomGenerator#nextLong()}, first the one for client to gateway. A server gives
 * a {@link java.security.SecureRandom}; a test gives the secrets that it wants. A seed outside of 1..p-1 is a PROTOCOL_ERROR, not
 * ENCRYPTION_REFUSED: the exchange was allowed, and its fields make no sense.
 */
public final class KeyExchange {
    private static final String KEY_SALT = "DH";

    private KeyExchange() {}

    /**
     * The gateway's part: draws secrets and answers the client's seeds.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if a seed is outside of 1..p-1
     */
    public static Answer answer(KeySeeds theirs, RandomGenerator random) {
        Secrets secrets = Secrets.draw(random);
        return new Answer(secrets.seeds(), secrets.sendCipher(theirs), secrets.receiveCipher(theirs));
    }

    /** The client's part: draws secrets; the offer completes with the gateway's answer. */
    public static Offer offer(RandomGenerator random) {
        return new Offer(Secrets.draw(random));
    }

    /** The gateway's answer: the seeds to send in the clear, and the ciphers for every packet after them. */
    public record Answer(KeySeeds ours, Rc4 inbound, Rc4 outbound) {}

    /** The client's ciphers for every packet after get_seed_ack. */
    public record Ciphers(Rc4 inbound, Rc4 outbound) {}

    /** A client's exchange that waits for the gateway's answer. */
    public static final class Offer {
        private final Secrets secrets;

        private Offer(Secrets secrets) {
            this.secrets = secrets;
        }

        /** The seeds to send. */
        public KeySeeds seeds() {
            return secrets.seeds();
        }

        /**
         * The ciphers that follow from the gateway's answer, at the start of their streams.
         *
         * @throws BadPacketException with PROTOCOL_ERROR if a seed is outside of 1..p-1
         */
        public Ciphers complete(KeySeeds answer) {
            return new Ciphers(secrets.receiveCipher(answer), secrets.sendCipher(answer));
        }
    }

    /** One side's secrets, named from the client's view as the seeds are; no record, so that nothing prints them. */
    private static final class Secrets {
        private final long send;
        private final long receive;

        private Secrets(long send, long receive) {
            this.send = send;
            this.receive = receive;
        }

        static Secrets draw(RandomGenerator random) {
            return new Secrets(random.nextLong() & Long.MAX_VALUE, random.nextLong() & Long.MAX_VALUE);
        }

        KeySeeds seeds() {
            return new KeySeeds(DiffieHellman.mask(send), DiffieHellman.mask(receive));
        }

        Rc4 sendCipher(KeySeeds theirs) {
            return cipher(DiffieHellman.key(theirs.send(), send));
        }

        Rc4 receiveCipher(KeySeeds theirs) {
            return cipher(DiffieHellman.key(theirs.receive(), receive));
        }

        private static Rc4 cipher(int key) {
            return new Rc4((KEY_SALT + key).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
