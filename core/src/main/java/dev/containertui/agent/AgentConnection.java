package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The host's end of the channel to a guest's init (guest-init/PROTOCOL.md).
 *
 * <p>Two threads serve it: one reads and sorts what comes, one writes what is queued; neither ever
 * waits for the other or for a user of this class. The guest is not trusted: the first byte out of
 * order ends the connection, and with it everybody who waits for anything from this guest gets one
 * and the same error.
 */
public final class AgentConnection implements AutoCloseable {
  private static final int NONCE_BYTES = 16;

  /** A guest that takes no bytes for so long is stuck. */
  private static final Duration WRITE_DEADLINE = Duration.ofSeconds(30);

  private final ByteChannel channel;
  private final FrameWriter writer;
  private final CompletableFuture<GuestHello> hello = new CompletableFuture<>();
  private final PendingRequests requests = new PendingRequests();
  private final GuestProcesses processes = new GuestProcesses(this);
  private final AtomicReference<EngineException> failure = new AtomicReference<>();

  private AgentConnection(ByteChannel channel) {
    this.channel = channel;
    this.writer = new FrameWriter(channel);
  }

  /**
   * Meets the guest at the other end of {@code channel}, as its first client.
   *
   * @param channel owned by the connection from now on, closed in every case
   * @param lease how long the guest may live without a client; zero: for ever
   * @param deadline for the guest's answer
   * @throws EngineException TIMEOUT if the guest says nothing, UNAVAILABLE if the channel ends,
   *     INTERNAL if it is no guest of ours, CANCELLED
   */
  public static AgentConnection open(ByteChannel channel, Duration lease, Duration deadline) {
    return meet(channel, Frame.magic(), lease, deadline);
  }

  /**
   * Meets a guest that has had clients before, also one that was killed in the middle of a message.
   * What runs there, and what has ended and was not released, is in {@link #hello()}; each of these
   * goes on when it is attached.
   *
   * @param firstHandle the handles of processes that are started over this connection begin here,
   *     or above what the guest lists; 1 to 2³¹−1. A handle must never be used twice in a machine's
   *     life, and the guest does not list those that were released: so give a number above all that
   *     any connection to this machine has had, for example after adding 2²⁰ per connection
   * @see #open
   */
  public static AgentConnection reopen(
      ByteChannel channel, Duration lease, Duration deadline, int firstHandle) {
    if (firstHandle < 1) {
      throw new IllegalArgumentException("a handle out of range: " + firstHandle);
    }
    AgentConnection connection = meet(channel, Frame.laterPreamble(), lease, deadline);
    int listed =
        connection.hello().processes().stream().mapToInt(GuestHello.Listed::handle).max().orElse(0);
    connection.processes.startHandlesAt(Math.max(firstHandle, listed + 1));
    return connection;
  }

  private static AgentConnection meet(
      ByteChannel channel, byte[] preamble, Duration lease, Duration deadline) {
    AgentConnection connection = new AgentConnection(channel);
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    Thread.ofVirtual().name("agent-reader").start(() -> connection.read(nonce));
    Thread.ofVirtual().name("agent-writer").start(() -> connection.write(preamble));
    connection.post(
        new Frame(
            MessageType.HELLO, 0, GuestHello.request(nonce, Math.toIntExact(lease.toMillis()))));
    try {
      PendingRequests.await(connection.hello, "the start of the guest", deadline);
      return connection;
    } catch (EngineException e) {
      connection.fail(e);
      throw e;
    }
  }

  /** What the guest said of itself. */
  public GuestHello hello() {
    return hello.join();
  }

  /**
   * Has the guest do ahead what is the same for every container, so that the machine can be kept as
   * a template; the last thing that may be asked of it here.
   */
  public void prepare(MachinePreparation preparation, Duration deadline) {
    request(MessageType.PREPARE, preparation.encode(), "its preparation", deadline);
  }

  /** Readies the machine for its container; once. The steps that this took. */
  public List<Stamp> setUp(MachineSetup setup, Duration deadline) {
    String what = "the container's set-up";
    return parse(request(MessageType.SETUP, setup.encode(), what, deadline), Stamp::of);
  }

  /** Has the main process find a file system at its place; after the set-up, before it starts. */
  public void mount(MachineMount mount, Duration deadline) {
    request(MessageType.MOUNT, mount.encode(), "the mount at " + mount.target(), deadline);
  }

  /** A process that was started, and the steps that this took. */
  public record Started(GuestProcessHandle process, List<Stamp> stamps) {}

  /**
   * Starts a process.
   *
   * @throws EngineException COMMAND_NOT_FOUND, NOT_EXECUTABLE, INVALID, EXHAUSTED; CANCELLED or
   *     TIMEOUT, and then it is killed should it start later
   */
  public Started spawn(ProcessStart start, Duration deadline) {
    return processes.spawn(start, deadline);
  }

  /**
   * Goes on with a retained process that an earlier connection to this guest started.
   *
   * @param terminal whether it has one
   * @param outOffset how many bytes of its standard output, counted from its start, the caller has;
   *     they are acknowledged by this, and the stream goes on with the next one
   * @param errOffset the same for standard error
   * @throws EngineException NOT_FOUND if the guest does not know the process, INVALID if it does
   *     not keep the output at these offsets, CONFLICT if it is attached to already
   */
  public GuestProcessHandle attach(
      int handle, boolean terminal, long outOffset, long errOffset, Duration deadline) {
    return processes.attach(handle, terminal, outOffset, errOffset, deadline);
  }

  /**
   * Goes on with a process that was not retained; what it wrote while a client went may be lost.
   *
   * @see #attach(int, boolean, long, long, Duration)
   */
  public GuestProcessHandle attach(int handle, boolean terminal, Duration deadline) {
    return processes.attach(handle, terminal, deadline);
  }

  /**
   * Makes files in the container, whether its main process runs or not, of what is written to the
   * standard input of the process that this returns; see {@link UnpackStream}. It ends with code 0,
   * or with 1 and one line on its standard error.
   *
   * @param destination absolute path of a directory in the container; links are followed inside of
   *     the container's root
   * @param noOverwrite whether it is an error if a directory stands where something else should be,
   *     or the other way round
   * @throws EngineException NOT_FOUND if there is no such destination, INVALID if it is not a
   *     directory, EXHAUSTED; CANCELLED, TIMEOUT
   */
  public GuestProcessHandle unpack(String destination, boolean noOverwrite, Duration deadline) {
    return processes.unpack(destination, noOverwrite, deadline);
  }

  public GuestStats stats(Duration deadline) {
    String what = "a count of its use";
    return parse(request(MessageType.STATS, new byte[0], what, deadline), GuestStats::of);
  }

  public List<GuestProcess> processes(Duration deadline) {
    String what = "a list of its processes";
    return parse(request(MessageType.PROCESSES, new byte[0], what, deadline), ProcessList::of);
  }

  /**
   * Has all processes of the container stand still, or go on. Returns when they do. A frozen
   * container takes no new processes (CONFLICT); SIGKILL ends a frozen process, other signals wait.
   *
   * @throws EngineException CONFLICT if another call is doing so, TIMEOUT if they do not come to a
   *     standstill, and they go on then
   */
  public void freeze(boolean frozen, Duration deadline) {
    byte[] payload = new FieldsBuilder("a freeze").u32(Tag.FROZEN, frozen ? 1 : 0).build();
    String what = frozen ? "freezing the container" : "thawing the container";
    change(MessageType.FREEZE, payload, what, deadline);
  }

  /**
   * Changes what the container may use.
   *
   * @param cpuQuotaMillis thousandths of a CPU; 0: no limit; empty: as it is
   * @param memoryLimitBytes 0: no limit; empty: as it is. Below what is in use, processes are
   *     killed
   * @throws EngineException CONFLICT if another call is doing so, TIMEOUT
   */
  public void limits(OptionalInt cpuQuotaMillis, OptionalLong memoryLimitBytes, Duration deadline) {
    FieldsBuilder fields = new FieldsBuilder("limits of the container");
    cpuQuotaMillis.ifPresent(millis -> fields.u32(Tag.CPU_QUOTA, millis));
    memoryLimitBytes.ifPresent(bytes -> fields.u64(Tag.MEMORY_LIMIT, bytes));
    change(MessageType.LIMITS, fields.build(), "a change of its limits", deadline);
  }

  /**
   * Brings the writable disk to a standstill, or lets it go. At a standstill its image on the host
   * holds a whole file system, with all that was written so far, and does not change; processes
   * that write to it wait, and cannot be frozen while they do. The guest lets it go by itself after
   * 60 s, and when this connection ends.
   *
   * @throws EngineException CONFLICT if it stands still already or does not, INVALID if there is no
   *     writable disk, TIMEOUT
   */
  public void freezeDisk(boolean frozen, Duration deadline) {
    byte[] payload = new FieldsBuilder("a standstill").u32(Tag.FROZEN, frozen ? 1 : 0).build();
    String what = frozen ? "bringing the disk to a standstill" : "letting the disk go";
    change(MessageType.FREEZE_DISK, payload, what, deadline);
  }

  private void change(MessageType type, byte[] payload, String what, Duration deadline) {
    if (PendingRequests.await(begin(type, payload), what, deadline)
        instanceof Answer.Refused refused) {
      throw AgentFailure.notChanged(what, refused);
    }
  }

  /** Has the guest end all processes, sync and unmount its disks; then it powers itself off. */
  public void shutDown(Duration deadline) {
    request(MessageType.SHUTDOWN, new byte[0], "its shutdown", deadline);
  }

  /** The machine is off: what still ran in it ended as if killed. */
  public void presumeAllKilled() {
    processes.presumeAllKilled();
  }

  @Override
  public void close() {
    fail(AgentFailure.closed());
  }

  /** The way of a process's input. */
  InputChannel.Sink inputOf(int handle) {
    return new InputChannel.Sink() {
      @Override
      public void data(byte[] bytes) throws IOException, InterruptedException {
        if (!writer.send(new Frame(MessageType.DATA_IN, handle, bytes), WRITE_DEADLINE.toNanos())) {
          EngineException reason = failure.get();
          throw reason != null
              ? new IOException(reason.getMessage(), reason)
              : new IOException("the guest takes no data");
        }
      }

      @Override
      public void end(byte[] characters) {
        if (characters.length > 0) {
          post(new Frame(MessageType.DATA_IN, handle, characters));
        } else {
          post(Frame.empty(MessageType.EOF_IN, handle));
        }
      }
    };
  }

  CompletableFuture<Answer> begin(MessageType type, byte[] payload) {
    PendingRequests.Pending request = requests.add();
    post(new Frame(type, request.id(), payload));
    EngineException lost = failure.get();
    if (lost != null) {
      request.answer().completeExceptionally(lost);
    }
    return request.answer();
  }

  private Answer.Done request(MessageType type, byte[] payload, String what, Duration deadline) {
    return switch (PendingRequests.await(begin(type, payload), what, deadline)) {
      case Answer.Done done -> done;
      case Answer.Refused refused -> throw AgentFailure.refused(what, refused);
    };
  }

  /** Takes an answer's fields apart. */
  interface Parser<T> {
    T parse(Fields fields) throws ProtocolViolation;
  }

  <T> T parse(Answer.Done answer, Parser<T> parser) {
    try {
      return parser.parse(answer.fields());
    } catch (ProtocolViolation e) {
      EngineException broken = AgentFailure.brokeProtocol(e);
      fail(broken);
      throw AgentFailure.again(broken);
    }
  }

  /** Queues a message without waiting. */
  void post(Frame frame) {
    if (!writer.post(frame)) {
      fail(new EngineException(Kind.UNAVAILABLE, "the guest has stopped reading"));
    }
  }

  private void write(byte[] preamble) {
    try {
      writer.run(preamble);
    } catch (IOException e) {
      fail(AgentFailure.lost(e));
    } catch (InterruptedException e) {
      fail(AgentFailure.closed());
    }
  }

  private void read(byte[] nonce) {
    try {
      FrameReader reader = new FrameReader(channel);
      Frame answer = reader.hunt(nonce);
      hello.complete(GuestHello.of(Fields.parse(answer.payload()), System.nanoTime()));
      while (true) {
        dispatch(reader.next());
      }
    } catch (ProtocolViolation e) {
      fail(AgentFailure.brokeProtocol(e));
    } catch (IOException e) {
      fail(AgentFailure.lost(e));
    } catch (RuntimeException e) {
      fail(new EngineException(Kind.INTERNAL, "the guest's message was not understood: " + e, e));
    }
  }

  private void dispatch(Frame frame) throws ProtocolViolation {
    switch (frame.type()) {
      case OK -> requests.answered(frame.id(), new Answer.Done(frame.payload()));
      case ERROR -> requests.answered(frame.id(), Answer.Refused.of(Fields.parse(frame.payload())));
      case DATA_OUT, DATA_ERR, EOF_OUT, EOF_ERR, CREDIT, EXITED -> processes.dispatch(frame);
      default -> throw new ProtocolViolation("a message that only hosts send: " + frame.type());
    }
  }

  /** Ends the connection; the first reason is the one that everybody hears. */
  private void fail(EngineException reason) {
    if (!failure.compareAndSet(null, reason)) {
      return;
    }
    writer.close();
    try {
      channel.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
    hello.completeExceptionally(reason);
    requests.failAll(reason);
    processes.failAll(reason);
  }
}
