/** What the command shows of a cluster: tables ({@link dev.gatehouse.app.cluster.NodesTable}) and a picture. */
@NullMarked
package dev.gatehouse.app.cluster;

import org.jspecify.annotations.NullMarked;
