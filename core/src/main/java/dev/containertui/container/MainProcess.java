package dev.containertui.container;

import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.log.OutputLog;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The main process: what it writes is in the log, and is read from there. Its streams are opened by
 * whoever first asks for them, so that nobody waits for a reader who never comes.
 */
final class MainProcess extends GuestContainerProcess {
  /** Of each stream that nobody has opened when the log is removed, so much is kept. */
  private static final int KEPT_BYTES = 1 << 20;

  private final GuestProcessHandle handle;
  private final OutputLog log;
  private final Map<Stream, InputStream> streams = new EnumMap<>(Stream.class);

  MainProcess(
      String containerId,
      GuestProcessHandle handle,
      Instant startedAt,
      UnaryOperator<EngineException> explain,
      OutputLog log) {
    super(containerId, handle, startedAt, explain);
    this.handle = handle;
    this.log = log;
  }

  @Override
  public InputStream getInputStream() {
    return stream(Stream.OUT);
  }

  @Override
  public InputStream getErrorStream() {
    return stream(Stream.ERR);
  }

  private synchronized InputStream stream(Stream which) {
    return streams.computeIfAbsent(which, this::open);
  }

  private LogInput open(Stream which) {
    return new LogInput(log.attach(true), which, this::lost);
  }

  /** Why its output ends before its time, if it does. */
  private Optional<EngineException> lost() {
    try {
      handle.exit();
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(e);
    }
  }

  /**
   * The run is over and its log is going to be removed: what nobody has begun to read is kept in
   * memory, as far as that is not much.
   */
  synchronized void keepUnread() {
    for (Stream which : Stream.values()) {
      streams.computeIfAbsent(which, this::copy);
    }
  }

  /** The log goes on with another run: what nobody has begun to read is not read here any more. */
  synchronized void retire() {
    for (Stream which : Stream.values()) {
      streams.computeIfAbsent(which, _ -> new Cut());
    }
  }

  private InputStream copy(Stream which) {
    try (LogInput from = open(which)) {
      InputStream kept = new ByteArrayInputStream(from.readNBytes(KEPT_BYTES));
      return from.read() < 0 ? kept : new SequenceInputStream(kept, new Cut());
    } catch (IOException | EngineException e) {
      return new Cut();
    }
  }

  /** In the place of what is not here. */
  private static final class Cut extends InputStream {
    @Override
    public int read() throws IOException {
      EngineException reason =
          new EngineException(
              Kind.NOT_FOUND, "this output is read in the container's log, if that is still there");
      throw new IOException(reason.getMessage(), reason);
    }
  }
}
