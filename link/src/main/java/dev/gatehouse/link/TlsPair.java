package dev.gatehouse.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PEM certificate chain and a PEM private key, of which TLS itself would find out at the first handshake only. */
public final class TlsPair {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final byte[] SAMPLE = "gatehouse".getBytes(StandardCharsets.US_ASCII);

    private TlsPair() {}

    /**
     * Whether the key is another one than that of the chain's first certificate: it signs something, and the certificate
     * doesn't verify it. Files and kinds of keys that can't be judged don't differ.
     */
    public static boolean differ(Path certificateChain, Path privateKey) {
        try (InputStream chain = Files.newInputStream(certificateChain)) {
            PublicKey certified = CertificateFactory.getInstance("X.509")
                    .generateCertificates(chain)
                    .iterator()
                    .next()
                    .getPublicKey();
            Matcher pem = KEY.matcher(Files.readString(privateKey));
            String algorithm = SIGNATURES.get(certified.getAlgorithm());
            return pem.find()
                    && algorithm != null
                    && !verifies(algorithm, certified, Base64.getMimeDecoder().decode(pem.group(1)));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static boolean verifies(String algorithm, PublicKey certified, byte[] key) throws GeneralSecurityException {
        PrivateKey privateKey;
        try {
            privateKey = KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (InvalidKeySpecException e) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(SAMPLE);
        return signature.verify(signed);
    }
}
