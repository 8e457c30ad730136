package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final int SIGKILL = 9;

  /** A guest that takes no bytes for so long is stuck. */
  private static final Duration WRITE_DEADLINE = Duration.ofSeconds(30);

  private final ByteChannel channel;
  private final FrameWriter writer;
  private final CompletableFuture<GuestHello> hello = new CompletableFuture<>();
  private final PendingRequests requests = new PendingRequests();
  private final Map<Integer, GuestProcessHandle> processes = new ConcurrentHashMap<>();
  private final AtomicInteger lastHandle = new AtomicInteger();
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
    connection.lastHandle.set(Math.max(firstHandle - 1, listed));
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
   *
   * @param rootDisk serial of what stands for the image's disk
   * @param upperDisk serial of the writable disk, which is mounted
   * @param address {@code a.b.c.d/len} and
   * @param gateway that containers will have; one that has others can still be set up
   * @param join whether the root disk is that of the containers' image already, and is mounted too
   */
  public void prepare(
      String rootDisk,
      String upperDisk,
      String address,
      String gateway,
      boolean join,
      Duration deadline) {
    byte[] payload =
        new FieldsBuilder("a preparation")
            .string(Tag.ROOT_DISK, rootDisk)
            .string(Tag.UPPER_DISK, upperDisk)
            .string(Tag.ADDRESS, address)
            .string(Tag.GATEWAY, gateway)
            .u32(Tag.JOIN, join ? 1 : 0)
            .build();
    request(MessageType.PREPARE, payload, "its preparation", deadline);
  }

  /** Readies the machine for its container; once. The steps that this took. */
  public List<Stamp> setUp(MachineSetup setup, Duration deadline) {
    String what = "the container's set-up";
    return parse(request(MessageType.SETUP, setup.encode(), what, deadline), Stamp::of);
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
    int handle = lastHandle.incrementAndGet();
    byte[] payload = start.encode(handle);
    GuestProcessHandle process =
        new GuestProcessHandle(this, handle, start.terminal().isPresent(), start.retain());
    processes.put(handle, process);
    CompletableFuture<Answer> pending = begin(MessageType.SPAWN, payload);
    try {
      return switch (PendingRequests.await(
          pending, "the start of " + start.arguments().getFirst(), deadline)) {
        case Answer.Done done -> started(process, done);
        case Answer.Refused refused -> {
          processes.remove(handle);
          throw AgentFailure.notStarted(refused);
        }
      };
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED || e.kind() == Kind.TIMEOUT) {
        pending.thenAccept(answer -> abandon(process, answer));
      }
      throw e;
    }
  }

  private Started started(GuestProcessHandle process, Answer.Done answer) {
    return parse(
        answer,
        fields -> {
          process.started(
              fields.u32(Tag.PID, 1, Integer.MAX_VALUE), fields.u32(Tag.CREDIT_IN, 0, 1 << 30));
          return new Started(process, Stamp.of(fields));
        });
  }

  /** A process whose start nobody waited for. */
  private void abandon(GuestProcessHandle process, Answer answer) {
    switch (answer) {
      case Answer.Refused _ -> processes.remove(process.handle());
      case Answer.Done _ -> {
        process.discardOutput();
        if (process.retained()) {
          process.whenOver(() -> release(process));
        }
        begin(MessageType.SIGNAL, signalPayload(process, SIGKILL));
      }
    }
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
    GuestProcessHandle process = new GuestProcessHandle(this, handle, terminal, true);
    byte[] payload =
        attachment(handle).u64(Tag.OFFSET_OUT, outOffset).u64(Tag.OFFSET_ERR, errOffset).build();
    Answer.Done answer = attach(process, payload, deadline);
    return parse(
        answer,
        fields -> {
          if (fields.u64(Tag.OFFSET_OUT) != outOffset || fields.u64(Tag.OFFSET_ERR) != errOffset) {
            throw new ProtocolViolation("other output than was asked for");
          }
          return attached(process, fields);
        });
  }

  /**
   * Goes on with a process that was not retained; what it wrote while a client went may be lost.
   *
   * @see #attach(int, boolean, long, long, Duration)
   */
  public GuestProcessHandle attach(int handle, boolean terminal, Duration deadline) {
    GuestProcessHandle process = new GuestProcessHandle(this, handle, terminal, false);
    Answer.Done answer = attach(process, attachment(handle).build(), deadline);
    return parse(answer, fields -> attached(process, fields));
  }

  private static FieldsBuilder attachment(int handle) {
    return new FieldsBuilder("a process to go on with")
        .u32(Tag.HANDLE, handle)
        .u32(Tag.CREDIT_OUT, OutputChannel.CAPACITY_BYTES)
        .u32(Tag.CREDIT_ERR, OutputChannel.CAPACITY_BYTES);
  }

  private Answer.Done attach(GuestProcessHandle process, byte[] payload, Duration deadline) {
    String what = "going on with process " + process.handle();
    if (processes.putIfAbsent(process.handle(), process) != null) {
      throw new EngineException(Kind.CONFLICT, what + ": it is attached to already");
    }
    return switch (PendingRequests.await(begin(MessageType.ATTACH, payload), what, deadline)) {
      case Answer.Done done -> done;
      case Answer.Refused refused -> {
        processes.remove(process.handle());
        throw AgentFailure.notAttached(what, refused);
      }
    };
  }

  private GuestProcessHandle attached(GuestProcessHandle process, Fields fields)
      throws ProtocolViolation {
    int pid =
        hello().processes().stream()
            .filter(listed -> listed.handle() == process.handle())
            .mapToInt(GuestHello.Listed::pid)
            .findFirst()
            .orElse(0);
    process.started(pid, fields.u32(Tag.CREDIT_IN, 0, 1 << 30));
    return process;
  }

  /** The guest may forget a process that has ended. */
  void release(GuestProcessHandle process) {
    if (processes.remove(process.handle(), process)) {
      post(Frame.empty(MessageType.RELEASE, process.handle()));
    }
  }

  void signal(GuestProcessHandle process, int number, Duration deadline) {
    requestUnlessGone(
        MessageType.SIGNAL, signalPayload(process, number), "signal " + number, process, deadline);
  }

  private static byte[] signalPayload(GuestProcessHandle process, int number) {
    if (number < 1 || number > 64) {
      throw new EngineException(Kind.INVALID, "there is no signal " + number);
    }
    return new FieldsBuilder("a signal")
        .u32(Tag.HANDLE, process.handle())
        .u32(Tag.SIGNAL, number)
        .build();
  }

  void resize(GuestProcessHandle process, TerminalSize size, Duration deadline) {
    byte[] payload =
        new FieldsBuilder("a terminal size")
            .u32(Tag.HANDLE, process.handle())
            .u32(Tag.COLUMNS, size.columns())
            .u32(Tag.ROWS, size.rows())
            .build();
    requestUnlessGone(MessageType.RESIZE, payload, "a change of size", process, deadline);
  }

  private void requestUnlessGone(
      MessageType type,
      byte[] payload,
      String what,
      GuestProcessHandle process,
      Duration deadline) {
    if (process.exit().isPresent()) {
      return;
    }
    Answer answer = PendingRequests.await(begin(type, payload), what, deadline);
    // ESRCH: it ended while the request was under way. A process without terminal has no size.
    if (answer instanceof Answer.Refused refused
        && refused.errno() != Errno.ESRCH
        && type != MessageType.RESIZE) {
      throw AgentFailure.refused(what, refused);
    }
  }

  public GuestStats stats(Duration deadline) {
    String what = "a count of its use";
    return parse(request(MessageType.STATS, new byte[0], what, deadline), GuestStats::of);
  }

  public List<GuestProcess> processes(Duration deadline) {
    String what = "a list of its processes";
    return parse(request(MessageType.PROCESSES, new byte[0], what, deadline), ProcessList::of);
  }

  /** Has the guest end all processes, sync and unmount its disks; then it powers itself off. */
  public void shutDown(Duration deadline) {
    request(MessageType.SHUTDOWN, new byte[0], "its shutdown", deadline);
  }

  /** The machine is off: what still ran in it ended as if killed. */
  public void presumeAllKilled() {
    processes.values().forEach(process -> process.presumeExited(128 + SIGKILL));
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

  /** Lets a process send more on channel 1 or 2. */
  void grant(int handle, int outputChannel, int bytes) {
    if (processes.containsKey(handle)) {
      post(new Frame(MessageType.CREDIT, handle, Credit.encode(outputChannel, bytes)));
    }
  }

  private CompletableFuture<Answer> begin(MessageType type, byte[] payload) {
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
  private interface Parser<T> {
    T parse(Fields fields) throws ProtocolViolation;
  }

  private <T> T parse(Answer.Done answer, Parser<T> parser) {
    try {
      return parser.parse(answer.fields());
    } catch (ProtocolViolation e) {
      EngineException broken = AgentFailure.brokeProtocol(e);
      fail(broken);
      throw AgentFailure.again(broken);
    }
  }

  /** Queues a message without waiting. */
  private void post(Frame frame) {
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
      case DATA_OUT -> process(frame).output(frame.payload());
      case DATA_ERR -> process(frame).errorOutput(frame.payload());
      case EOF_OUT -> process(frame).outputEnded();
      case EOF_ERR -> process(frame).errorOutputEnded();
      case CREDIT -> process(frame).inputGranted(Credit.ofInput(frame.payload()));
      case EXITED -> exited(process(frame), Fields.parse(frame.payload()));
      default -> throw new ProtocolViolation("a message that only hosts send: " + frame.type());
    }
  }

  private void exited(GuestProcessHandle process, Fields fields) throws ProtocolViolation {
    int code = fields.u32(Tag.EXIT_CODE, 0, 255);
    if (!process.retained()) {
      release(process);
    }
    process.ended(code);
  }

  private GuestProcessHandle process(Frame frame) throws ProtocolViolation {
    GuestProcessHandle process = processes.get(frame.id());
    if (process == null) {
      throw new ProtocolViolation(frame.type() + " of a process that does not exist");
    }
    return process;
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
    processes.values().forEach(process -> process.fail(reason));
  }
}
