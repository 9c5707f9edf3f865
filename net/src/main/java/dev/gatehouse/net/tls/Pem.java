package dev.gatehouse.net.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468); what stands between them is a comment.
 *
 * <pre>
 * -----BEGIN CERTIFICATE-----
 * MIIB... (base64 of the DER form)
 * -----END CERTIFICATE-----
 * </pre>
 */
final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private Pem() {}

    /** The certificates of a file, in their order; there is at least one. */
    static List<X509Certificate> certificates(PemFile file, String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).endsWith("CERTIFICATE")) {
                certificates.add(certificate(file, der(file, blocks), certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw file.wrong(text.startsWith("0") ? "DER, not PEM" : "no certificate in it");
        }
        return List.copyOf(certificates);
    }

    /** The DER form of a file's private key. */
    static byte[] privateKey(PemFile file, String text) {
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.equals("PRIVATE KEY")) {
                return der(file, blocks);
            }
        }
        throw file.wrong(whyNoKey(text));
    }

    private static String whyNoKey(String text) {
        if (text.contains("ENCRYPTED")) {
            return "the key is encrypted";
        } else if (text.contains("-----BEGIN RSA PRIVATE KEY-----")
                || text.contains("-----BEGIN EC PRIVATE KEY-----")) {
            return "the key is not in PKCS#8, which `openssl pkcs8 -topk8 -nocrypt` makes of it";
        }
        return text.startsWith("0") ? "DER, not PEM" : "no private key in it";
    }

    private static byte[] der(PemFile file, MatchResult block) {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw file.wrong("a block in it is not base64");
        }
    }

    private static X509Certificate certificate(PemFile file, byte[] der, int position) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw file.wrong("certificate " + position + " in it can't be read");
        }
    }
}
