package dev.containertui.agent;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The other end of an agent channel, playing a guest move by move. It knows the protocol from its
 * page alone and shares no code with the host's side.
 */
final class ScriptedGuest implements AutoCloseable {
  static final int HELLO = 1;
  static final int HELLO_OK = 2;
  static final int OK = 3;
  static final int ERROR = 4;
  static final int SPAWN = 6;
  static final int SIGNAL = 7;
  static final int EXITED = 12;
  static final int DATA_IN = 13;
  static final int DATA_OUT = 14;
  static final int DATA_ERR = 15;
  static final int EOF_IN = 16;
  static final int EOF_OUT = 17;
  static final int EOF_ERR = 18;
  static final int CREDIT = 19;
  static final int RELEASE = 20;
  static final int ATTACH = 22;

  static final byte[] MAGIC = "CTUI-AGENT-PRE\1\n".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel host;
  private final SocketChannel guest;

  record Message(int type, int id, ByteBuffer payload) {
    /** The value of the first field with this tag. */
    ByteBuffer field(int tag) {
      ByteBuffer rest = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      while (rest.hasRemaining()) {
        int found = rest.getInt();
        int length = rest.getInt();
        if (found == tag) {
          return rest.slice(rest.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        }
        rest.position(rest.position() + length);
      }
      throw new AssertionError("no field " + tag + " in message " + type);
    }

    byte[] bytes() {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      return bytes;
    }
  }

  /** A script. */
  interface Script {
    void play(ScriptedGuest guest) throws Exception;
  }

  ScriptedGuest(Path directory) throws IOException {
    UnixDomainSocketAddress address =
        UnixDomainSocketAddress.of(directory.resolve("agent-" + System.nanoTime()));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      host = SocketChannel.open(address);
      guest = server.accept();
    }
  }

  /** The host's end. */
  SocketChannel hostEnd() {
    return host;
  }

  /** Plays a script on a thread of its own; the result tells how that went. */
  CompletableFuture<Void> play(Script script) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                script.play(this);
                result.complete(null);
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  static void finish(CompletableFuture<Void> script) throws Exception {
    script.get(30, TimeUnit.SECONDS);
  }

  /** Takes the preamble of a client that is not the first, and its HELLO; the nonce. */
  byte[] awaitLaterHello() throws IOException {
    if (!java.util.Arrays.equals(read(65_564), new byte[65_564])) {
      throw new AssertionError("the connection does not start with zeros");
    }
    return awaitHello();
  }

  /** Answers the HELLO of a later client; a process is its handle, and whether it runs. */
  void greetAgain(byte[]... processes) throws IOException {
    byte[] nonce = awaitLaterHello();
    sendRaw(MAGIC);
    send(HELLO_OK, 0, fields(helloFields(nonce), fields(processes)));
  }

  static byte[] listed(int handle, int pid, int alive) {
    return field(
        8,
        ByteBuffer.allocate(9)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(handle)
            .putInt(pid)
            .put((byte) alive)
            .array());
  }

  /** Takes an ATTACH to this process and says that it goes on there. */
  void acceptAttach(int handle, long out, long err) throws IOException {
    Message attach = receive(ATTACH);
    if (attach.field(12).getInt() != handle) {
      throw new AssertionError("another process was attached to");
    }
    send(OK, attach.id, fields(u32(17, 65_536), u64(20, out), u64(21, err)));
  }

  /** Takes the preamble and HELLO; the nonce. */
  byte[] awaitHello() throws IOException {
    byte[] preamble = read(MAGIC.length);
    if (!java.util.Arrays.equals(preamble, MAGIC)) {
      throw new AssertionError("the connection does not start with the magic");
    }
    Message hello = receive(HELLO);
    ByteBuffer nonce = hello.field(2);
    byte[] bytes = new byte[nonce.remaining()];
    nonce.get(bytes);
    return bytes;
  }

  void greet() throws IOException {
    sendRaw(MAGIC);
    send(HELLO_OK, 0, helloFields(awaitHello()));
  }

  static byte[] helloFields(byte[] nonce) {
    return fields(
        u32(1, 1),
        field(2, nonce),
        field(4, "x86_64".getBytes(StandardCharsets.US_ASCII)),
        field(5, "6.1.0".getBytes(StandardCharsets.US_ASCII)),
        u64(6, 1_500_000_000L),
        stamp(1_000_000_000L, "init"));
  }

  /** Greets, then takes a SPAWN and says that it worked; the process's handle. */
  int greetAndSpawn() throws IOException {
    greet();
    return acceptSpawn();
  }

  int acceptSpawn() throws IOException {
    Message spawn = receive(SPAWN);
    send(OK, spawn.id, fields(u32(11, 77), u32(17, 65_536)));
    return spawn.field(12).getInt();
  }

  void exit(int handle, int code) throws IOException {
    send(EOF_OUT, handle, new byte[0]);
    send(EOF_ERR, handle, new byte[0]);
    send(EXITED, handle, fields(u32(16, code), u64(6, 2_000_000_000L)));
  }

  void send(int type, int id, byte[] payload) throws IOException {
    sendRaw(frame(type, id, payload));
  }

  static byte[] frame(int type, int id, byte[] payload) {
    return ByteBuffer.allocate(12 + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(payload.length)
        .putInt(type)
        .putInt(id)
        .put(payload)
        .array();
  }

  void sendRaw(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      guest.write(buffer);
    }
  }

  /** The next message, which must be of this type. */
  Message receive(int type) throws IOException {
    Message message = receive();
    if (message.type != type) {
      throw new AssertionError("message of type " + message.type + " instead of " + type);
    }
    return message;
  }

  Message receive() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(read(12)).order(ByteOrder.LITTLE_ENDIAN);
    int length = header.getInt();
    int type = header.getInt();
    int id = header.getInt();
    return new Message(type, id, ByteBuffer.wrap(read(length)).order(ByteOrder.LITTLE_ENDIAN));
  }

  private byte[] read(int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (guest.read(buffer) < 0) {
        throw new EOFException("the host closed the channel");
      }
    }
    return buffer.array();
  }

  static byte[] fields(byte[]... fields) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      all.writeBytes(field);
    }
    return all.toByteArray();
  }

  static byte[] field(int tag, byte[] value) {
    return ByteBuffer.allocate(8 + value.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(tag)
        .putInt(value.length)
        .put(value)
        .array();
  }

  static byte[] u32(int tag, int value) {
    return field(tag, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  static byte[] u64(int tag, long value) {
    return field(tag, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  static byte[] stamp(long clock, String step) {
    byte[] name = step.getBytes(StandardCharsets.US_ASCII);
    return field(
        7,
        ByteBuffer.allocate(8 + name.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(clock)
            .put(name)
            .array());
  }

  static byte[] credit(int channel, int bytes) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(channel)
        .putInt(bytes)
        .array();
  }

  @Override
  public void close() throws IOException {
    guest.close();
    host.close();
  }
}
