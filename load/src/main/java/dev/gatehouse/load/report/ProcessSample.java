package dev.gatehouse.load.report;

import java.time.Duration;

/**
 * A look at a process.
 *
 * @param at when, from the first look
 * @param processors how many processors it kept busy since the look before, 0 and up
 * @param residentBytes the memory that it has of the machine (RSS)
 */
public record ProcessSample(Duration at, double processors, long residentBytes) {}
