package dev.containertui.container.log;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads entries one after the other, over the ends of segments. */
final class EntryReader implements AutoCloseable {
  private static final int BUFFER_BYTES = Entry.HEADER_BYTES + Entry.MAX_BYTES;

  private final Path directory;
  private Position position;
  private FileChannel channel;

  /** Bytes from {@link #position} on. */
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  EntryReader(Path directory, Position start) {
    this.directory = directory;
    this.position = start;
  }

  Position position() {
    return position;
  }

  /**
   * The next entry before {@code end}; null if there is none. Segments that have been removed are
   * passed over.
   *
   * @param end where an entry ends
   * @throws EngineException CORRUPT, UNAVAILABLE, CANCELLED
   */
  Entry next(Position end) {
    try {
      while (position.compareTo(end) < 0) {
        if (channel == null && !open(end)) {
          return null;
        }
        long limit = position.segment() == end.segment() ? end.offset() : channel.size();
        if (position.offset() < limit) {
          return read(limit);
        }
        moveTo(Position.startOf(position.segment() + 1));
      }
      return null;
    } catch (IOException e) {
      throw DiskErrors.of("cannot read a container's log", directory, e);
    }
  }

  /** Opens the segment of {@link #position}, or if it is gone the first one after it. */
  private boolean open(Position end) throws IOException {
    while (position.segment() <= end.segment()) {
      try {
        channel =
            FileChannel.open(Segments.file(directory, position.segment()), StandardOpenOption.READ);
        return true;
      } catch (NoSuchFileException removed) {
        Long next = Segments.list(directory).higher(position.segment());
        if (next == null) {
          // The whole log has been removed: there is nothing to wait for before its end.
          moveTo(end);
          return false;
        }
        moveTo(Position.startOf(next));
      }
    }
    return false;
  }

  private Entry read(long limit) throws IOException {
    if (buffer.remaining() < Entry.HEADER_BYTES) {
      fill(limit);
    }
    buffer.mark();
    Entry.Header header = buffer.remaining() < Entry.HEADER_BYTES ? null : Entry.header(buffer);
    if (header != null && buffer.remaining() < header.length()) {
      buffer.reset();
      fill(limit);
      buffer.position(Entry.HEADER_BYTES);
    }
    if (header == null || buffer.remaining() < header.length()) {
      throw new EngineException(
          Kind.CORRUPT,
          "the log "
              + Segments.file(directory, position.segment())
              + " is damaged at byte "
              + position.offset());
    }
    byte[] bytes = new byte[header.length()];
    buffer.get(bytes);
    position =
        new Position(position.segment(), position.offset() + Entry.HEADER_BYTES + header.length());
    return new Entry(header.type(), header.at(), bytes);
  }

  private void fill(long limit) throws IOException {
    buffer.compact();
    long at = position.offset() + buffer.position();
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + limit - at));
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    buffer.flip();
  }

  private void moveTo(Position next) throws IOException {
    close();
    channel = null;
    buffer.limit(0);
    position = next;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
