package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The processes of a guest that one connection deals with: started, gone on with, and ended. */
final class GuestProcesses {
  private static final int SIGKILL = 9;
  private static final int ROLE_TOOL = 2;

  private final AgentConnection connection;
  private final Map<Integer, GuestProcessHandle> processes = new ConcurrentHashMap<>();
  private final AtomicInteger lastHandle = new AtomicInteger();

  GuestProcesses(AgentConnection connection) {
    this.connection = connection;
  }

  /** The next process has this handle. */
  void startHandlesAt(int first) {
    lastHandle.set(first - 1);
  }

  AgentConnection.Started spawn(ProcessStart start, Duration deadline) {
    int handle = lastHandle.incrementAndGet();
    GuestProcessHandle process = known(handle, start.terminal().isPresent(), start.retain());
    String what = "the start of " + start.arguments().getFirst();
    return begin(process, start.encode(handle), what, AgentFailure::notStarted, deadline);
  }

  GuestProcessHandle unpack(String destination, boolean noOverwrite, Duration deadline) {
    if (!destination.startsWith("/")) {
      throw new EngineException(Kind.INVALID, "not an absolute path: " + destination);
    }
    int handle = lastHandle.incrementAndGet();
    FieldsBuilder fields =
        new FieldsBuilder("the destination")
            .u32(Tag.HANDLE, handle)
            .u32(Tag.ROLE, ROLE_TOOL)
            .u32(Tag.STDIN, 1)
            .u32(Tag.CREDIT_OUT, OutputChannel.CAPACITY_BYTES)
            .u32(Tag.CREDIT_ERR, OutputChannel.CAPACITY_BYTES)
            .string(Tag.ARGUMENT, "unpack")
            .string(Tag.ARGUMENT, destination);
    if (noOverwrite) {
      fields.string(Tag.ARGUMENT, "no-overwrite");
    }
    GuestProcessHandle process = known(handle, false, false);
    String what = "unpacking into " + destination;
    return begin(process, fields.build(), what, AgentFailure::notUnpacked, deadline).process();
  }

  private GuestProcessHandle known(int handle, boolean terminal, boolean retained) {
    return new GuestProcessHandle(this, connection.inputOf(handle), handle, terminal, retained);
  }

  private AgentConnection.Started begin(
      GuestProcessHandle process,
      byte[] payload,
      String what,
      Function<Answer.Refused, EngineException> refusal,
      Duration deadline) {
    processes.put(process.handle(), process);
    CompletableFuture<Answer> pending = connection.begin(MessageType.SPAWN, payload);
    try {
      return switch (PendingRequests.await(pending, what, deadline)) {
        case Answer.Done done -> started(process, done);
        case Answer.Refused refused -> {
          processes.remove(process.handle());
          throw refusal.apply(refused);
        }
      };
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED || e.kind() == Kind.TIMEOUT) {
        pending.thenAccept(answer -> abandon(process, answer));
      }
      throw e;
    }
  }

  private AgentConnection.Started started(GuestProcessHandle process, Answer.Done answer) {
    return connection.parse(
        answer,
        fields -> {
          process.started(
              fields.u32(Tag.PID, 1, Integer.MAX_VALUE), fields.u32(Tag.CREDIT_IN, 0, 1 << 30));
          return new AgentConnection.Started(process, Stamp.of(fields));
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
        connection.begin(MessageType.SIGNAL, signalPayload(process, SIGKILL));
      }
    }
  }

  GuestProcessHandle attach(
      int handle, boolean terminal, long outOffset, long errOffset, Duration deadline) {
    GuestProcessHandle process = known(handle, terminal, true);
    byte[] payload =
        attachment(handle).u64(Tag.OFFSET_OUT, outOffset).u64(Tag.OFFSET_ERR, errOffset).build();
    Answer.Done answer = attach(process, payload, deadline);
    return connection.parse(
        answer,
        fields -> {
          if (fields.u64(Tag.OFFSET_OUT) != outOffset || fields.u64(Tag.OFFSET_ERR) != errOffset) {
            throw new ProtocolViolation("other output than was asked for");
          }
          return attached(process, fields);
        });
  }

  GuestProcessHandle attach(int handle, boolean terminal, Duration deadline) {
    GuestProcessHandle process = known(handle, terminal, false);
    Answer.Done answer = attach(process, attachment(handle).build(), deadline);
    return connection.parse(answer, fields -> attached(process, fields));
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
    return switch (PendingRequests.await(
        connection.begin(MessageType.ATTACH, payload), what, deadline)) {
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
        connection.hello().processes().stream()
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
      connection.post(Frame.empty(MessageType.RELEASE, process.handle()));
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
    Answer answer = PendingRequests.await(connection.begin(type, payload), what, deadline);
    // ESRCH: it ended while the request was under way. A process without terminal has no size.
    if (answer instanceof Answer.Refused refused
        && refused.errno() != Errno.ESRCH
        && type != MessageType.RESIZE) {
      throw AgentFailure.refused(what, refused);
    }
  }

  /** Lets a process send more on channel 1 or 2. */
  void grant(int handle, int outputChannel, int bytes) {
    if (processes.containsKey(handle)) {
      connection.post(new Frame(MessageType.CREDIT, handle, Credit.encode(outputChannel, bytes)));
    }
  }

  /** Takes a message about a process. */
  void dispatch(Frame frame) throws ProtocolViolation {
    GuestProcessHandle process = processes.get(frame.id());
    if (process == null) {
      throw new ProtocolViolation(frame.type() + " of a process that does not exist");
    }
    switch (frame.type()) {
      case DATA_OUT -> process.output(frame.payload());
      case DATA_ERR -> process.errorOutput(frame.payload());
      case EOF_OUT -> process.outputEnded();
      case EOF_ERR -> process.errorOutputEnded();
      case CREDIT -> process.inputGranted(Credit.ofInput(frame.payload()));
      default -> exited(process, Fields.parse(frame.payload()));
    }
  }

  private void exited(GuestProcessHandle process, Fields fields) throws ProtocolViolation {
    int code = fields.u32(Tag.EXIT_CODE, 0, 255);
    if (!process.retained()) {
      release(process);
    }
    process.ended(code);
  }

  /** The machine is off: what still ran in it ended as if killed. */
  void presumeAllKilled() {
    processes.values().forEach(process -> process.presumeExited(128 + SIGKILL));
  }

  void failAll(EngineException reason) {
    processes.values().forEach(process -> process.fail(reason));
  }
}
