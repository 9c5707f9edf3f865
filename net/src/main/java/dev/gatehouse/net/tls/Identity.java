package dev.gatehouse.net.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;

/**
 * Who one side of TLS is: a certificate chain, one's own first, and its key. TLS itself would find out at the first handshake only
 * what is checked here.
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final byte[] SAMPLE = "gatehouse".getBytes(StandardCharsets.US_ASCII);

    /** Made of the texts of two files. */
    static Identity of(PemFile certificate, String certificateText, PemFile key, String keyText) {
        List<X509Certificate> chain = Pem.certificates(certificate, certificateText);
        X509Certificate own = chain.getFirst();
        checkValidity(certificate, own);
        byte[] der = Pem.privateKey(key, keyText);
        PublicKey certified = own.getPublicKey();
        String signature = SIGNATURES.get(certified.getAlgorithm());
        if (signature == null) {
            throw certificate.wrong(
                    "a certificate of an " + certified.getAlgorithm() + " key, not of an RSA, EC or EdDSA one");
        }
        try {
            PrivateKey privateKey =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
            if (signs(signature, privateKey, certified)) {
                return new Identity(chain, privateKey);
            }
        } catch (InvalidKeySpecException e) {
            throw key.wrong("not a key of the kind of the first certificate of " + certificate.path() + ", "
                    + certified.getAlgorithm());
        } catch (GeneralSecurityException e) {
            throw key.wrong("can't be used: " + e.getMessage());
        }
        throw key.wrong("not the key of the first certificate of " + certificate.path());
    }

    /** The first certificate. */
    X509Certificate certificate() {
        return chain.getFirst();
    }

    private static void checkValidity(PemFile file, X509Certificate own) {
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            throw file.wrong("it expired at " + own.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            throw file.wrong("it is valid from " + own.getNotBefore().toInstant() + " on only");
        }
    }

    private static boolean signs(String algorithm, PrivateKey key, PublicKey certified)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(SAMPLE);
        return signature.verify(signed);
    }
}
