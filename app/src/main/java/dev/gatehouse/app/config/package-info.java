/**
 * Configuration: the tables of keys, and how they are read from a file, the environment and flags. Start reading at
 * {@link dev.gatehouse.app.config.GatewayKeys}; {@link dev.gatehouse.app.config.ConfigReader} reads them.
 */
@NullMarked
package dev.gatehouse.app.config;

import org.jspecify.annotations.NullMarked;
