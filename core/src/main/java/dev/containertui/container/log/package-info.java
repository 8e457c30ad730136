/**
 * What containers write, on disk.
 *
 * <pre>
 *   log/
 *     00000001.log     segments: a header, then entries; the last one is written to
 *     00000002.log
 *
 *   segment header     magic, and how much of each stream of the run lies before this segment
 *   entry              type, time, length, bytes: output, or the beginning or end of a run
 * </pre>
 *
 * <p>An engine that is killed leaves at most one entry half-written, at the very end. The next one
 * cuts it off, and knows from the rest how many bytes of each stream it has: the guest still has
 * those that are missing.
 */
package dev.containertui.container.log;
