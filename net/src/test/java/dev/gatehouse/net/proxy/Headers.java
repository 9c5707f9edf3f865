package dev.gatehouse.net.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** PROXY headers, made byte by byte as the protocol's text says. */
final class Headers {
    static final int TCP4 = 0x11;
    static final int TCP6 = 0x21;
    static final int UNIX = 0x31;
    static final int UNSPECIFIED = 0x00;

    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

    private Headers() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Version 2, command PROXY, with addresses and TLVs. */
    static byte[] proxied(int family, byte[]... parts) {
        return version2(0x21, family, concat(parts));
    }

    /** Version 2, command LOCAL. */
    static byte[] local(byte[]... parts) {
        return version2(0x20, UNSPECIFIED, concat(parts));
    }

    static byte[] version2(int versionAndCommand, int family, byte[] rest) {
        byte[] fixed = {(byte) versionAndCommand, (byte) family, (byte) (rest.length >> 8), (byte) rest.length};
        return concat(SIGNATURE, fixed, rest);
    }

    /** Addresses from 192.0.2.1:1000 to 198.51.100.2:443. */
    static byte[] addresses4() {
        return HexFormat.of().parseHex("c0000201c633640203e801bb");
    }

    /** Addresses from [2001:db8::1]:1000 to [2001:db8::2]:443. */
    static byte[] addresses6() {
        return HexFormat.of()
                .parseHex("20010db8000000000000000000000001" + "20010db8000000000000000000000002" + "03e801bb");
    }

    static byte[] tlv(int type, byte[] value) {
        return concat(new byte[] {(byte) type, (byte) (value.length >> 8), (byte) value.length}, value);
    }

    /** A TLV about the proxy's TLS, with others in it. */
    static byte[] tls(byte[]... inner) {
        return tlv(0x20, concat(new byte[] {1, 0, 0, 0, 0}, concat(inner)));
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
