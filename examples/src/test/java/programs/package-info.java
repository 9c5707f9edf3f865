/** Tests of all examples as processes: how they start, end and refuse. */
@NullMarked
package programs;

import org.jspecify.annotations.NullMarked;
