package dev.containertui.container.log;

import dev.containertui.host.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The segment that is written to. */
final class SegmentWriter implements AutoCloseable {
  private final FileChannel channel;
  private final long number;
  private long size;

  private SegmentWriter(FileChannel channel, long number, long size) {
    this.channel = channel;
    this.number = number;
    this.size = size;
  }

  /**
   * Goes on where a log ends; what is behind that is cut off.
   *
   * @param tail of the log in {@code directory}, which may not exist yet
   */
  static SegmentWriter goOn(Path directory, LogTail tail) throws IOException {
    DurableFiles.createPrivate(directory);
    Path file = Segments.file(directory, tail.end().segment());
    FileChannel channel = open(file);
    if (channel.size() < SegmentHeader.BYTES) {
      return begin(channel, tail);
    }
    channel.truncate(tail.end().offset());
    return new SegmentWriter(channel, tail.end().segment(), tail.end().offset());
  }

  /** The next segment. */
  static SegmentWriter next(Path directory, LogTail tail) throws IOException {
    long number = tail.end().segment() + 1;
    LogTail next =
        new LogTail(Position.startOf(number), tail.openRun(), tail.outBytes(), tail.errBytes());
    return begin(open(Segments.file(directory, number)), next);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static SegmentWriter begin(FileChannel channel, LogTail tail) throws IOException {
    channel.truncate(0);
    var header = new SegmentHeader(tail.openRun(), tail.outBytes(), tail.errBytes()).encode();
    var writer = new SegmentWriter(channel, tail.end().segment(), 0);
    writer.write(header);
    return writer;
  }

  /** Adds an entry; all of it or, if that fails, nothing that counts. */
  void write(ByteBuffer entry) throws IOException {
    long at = size;
    while (entry.hasRemaining()) {
      at += channel.write(entry, at);
    }
    size = at;
  }

  Position end() {
    return new Position(number, size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
