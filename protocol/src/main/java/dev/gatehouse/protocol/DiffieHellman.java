package dev.gatehouse.protocol;

/**
 * Diffie-Hellman in the group of the legacy encryption: p = 0x7FFFFFC3, g = 3 (PROTOCOLS.md section 2). Insecure: with 31 bits a
 * key is found in seconds. As p is below 2^31, a product of two remainders fits a long and big integers aren't needed.
 */
final class DiffieHellman {
    static final int PRIME = 0x7FFFFFC3;
    private static final int GENERATOR = 3;

    private DiffieHellman() {}

    /** What a side shows of its secret: g^secret mod p, 1..p-1. The secret is 0 or above. */
    static int mask(long secret) {
        return power(GENERATOR, secret);
    }

    /**
     * The key that both sides arrive at: mask^secret mod p.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if the other side's mask isn't in 1..p-1: no secret gives such a one
     */
    static int key(int mask, long secret) {
        if (mask < 1 || mask >= PRIME) {
            throw new BadPacketException(EndReason.PROTOCOL_ERROR, "key seed outside of 1.." + (PRIME - 1));
        }
        return power(mask, secret);
    }

    /** Square and multiply, from the exponent's lowest bit. */
    private static int power(int base, long exponent) {
        long result = 1;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) == 1) {
                result = result * square % PRIME;
            }
            square = square * square % PRIME;
        }
        return (int) result;
    }
}
