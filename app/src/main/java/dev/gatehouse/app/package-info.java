/**
 * The {@code gatehouse} command: its subcommands, and how a server process starts, listens to signals and ends. Start reading at
 * {@link dev.gatehouse.app.Gatehouse}.
 */
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;
