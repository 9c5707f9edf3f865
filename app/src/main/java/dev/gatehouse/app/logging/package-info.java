/**
 * Where the log goes and how its lines look. Start reading at {@link dev.gatehouse.app.logging.Logs}.
 */
@NullMarked
package dev.gatehouse.app.logging;

import org.jspecify.annotations.NullMarked;
