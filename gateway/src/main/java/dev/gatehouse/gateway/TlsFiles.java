package dev.gatehouse.gateway;

import java.nio.file.Path;

/**
 * A certificate chain and its private key, both PEM files.
 *
 * @param certificate the chain, the server's own certificate first
 * @param key the private key, PKCS#8, without a password
 */
public record TlsFiles(Path certificate, Path key) {}
