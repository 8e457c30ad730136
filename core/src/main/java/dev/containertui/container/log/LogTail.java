package dev.containertui.container.log;

import dev.containertui.error.DiskErrors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableSet;

/**
 * What is known of a log's end.
 *
 * @param end where the next entry goes; of a log without segments: the start of the first
 * @param openRun whether a run goes on
 * @param outBytes of standard output that the last run has written
 * @param errBytes of standard error
 */
record LogTail(Position end, boolean openRun, long outBytes, long errBytes) {
  private static final int SCAN_BUFFER_BYTES = 64 << 10;

  static final LogTail NOTHING = new LogTail(Position.startOf(1), false, 0, 0);

  /**
   * Reads the last segment. What is behind {@link #end} in it was not written to its end.
   *
   * @throws dev.containertui.error.EngineException CORRUPT if it is no segment
   */
  static LogTail find(Path directory) {
    NavigableSet<Long> segments = Segments.list(directory);
    if (segments.isEmpty()) {
      return NOTHING;
    }
    Path file = Segments.file(directory, segments.last());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < SegmentHeader.BYTES) {
        return unbegun(directory, segments);
      }
      return scan(channel, file, segments.last());
    } catch (IOException e) {
      throw DiskErrors.of("cannot read a container's log", directory, e);
    }
  }

  /** The last segment has no whole header yet: all is in the one before. */
  private static LogTail unbegun(Path directory, NavigableSet<Long> segments) throws IOException {
    Long before = segments.lower(segments.last());
    Position end = Position.startOf(segments.last());
    if (before == null) {
      return new LogTail(end, false, 0, 0);
    }
    Path file = Segments.file(directory, before);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      LogTail tail = scan(channel, file, before);
      return new LogTail(end, tail.openRun, tail.outBytes, tail.errBytes);
    }
  }

  private static LogTail scan(FileChannel channel, Path file, long segment) throws IOException {
    SegmentHeader header = SegmentHeader.read(channel, file);
    boolean open = header.openRun();
    long out = header.outBytes();
    long err = header.errBytes();
    long offset = SegmentHeader.BYTES;
    long size = channel.size();
    byte[] bytes = new byte[Entry.HEADER_BYTES];
    var in =
        new BufferedInputStream(
            Channels.newInputStream(channel.position(offset)), SCAN_BUFFER_BYTES);
    while (offset + Entry.HEADER_BYTES <= size) {
      in.readNBytes(bytes, 0, bytes.length);
      Entry.Header entry = Entry.header(ByteBuffer.wrap(bytes));
      // After a power failure there may be zeroes, which are no entry either.
      if (entry == null || offset + Entry.HEADER_BYTES + entry.length() > size) {
        break;
      }
      in.skipNBytes(entry.length());
      offset += Entry.HEADER_BYTES + entry.length();
      switch (entry.type()) {
        case OUT -> out += entry.length();
        case ERR -> err += entry.length();
        case RUN_BEGIN -> {
          open = true;
          out = 0;
          err = 0;
        }
        case RUN_END -> open = false;
      }
    }
    return new LogTail(new Position(segment, offset), open, out, err);
  }
}
