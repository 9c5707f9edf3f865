/**
 * What a load measured, told to people and programs: as a table, as a page with pictures, as JSON. Start reading at {@link
 * dev.gatehouse.load.report.Report}.
 */
@NullMarked
package dev.gatehouse.load.report;

import org.jspecify.annotations.NullMarked;
