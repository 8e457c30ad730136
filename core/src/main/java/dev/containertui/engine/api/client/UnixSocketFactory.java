package dev.containertui.engine.api.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Sockets for OkHttp that lead to one Unix socket, whatever address they are told to connect to.
 *
 * <p>{@link Socket} knows no Unix sockets, so this is one over a channel. Interrupting a thread
 * that reads or writes closes it, as with every channel. It has no timeout of its own: OkHttp keeps
 * its deadlines by closing it.
 */
final class UnixSocketFactory extends SocketFactory {
  private final Path path;

  UnixSocketFactory(Path path) {
    this.path = path;
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(path);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("this connects to " + path);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("this connects to " + path);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("this connects to " + path);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("this connects to " + path);
  }

  private static final class UnixSocket extends Socket {
    private final Path path;
    private volatile SocketChannel channel;
    private volatile boolean closed;
    private volatile boolean inputShut;
    private volatile boolean outputShut;
    private volatile int timeoutMillis;

    UnixSocket(Path path) {
      this.path = path;
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
      if (closed) {
        throw new SocketException("closed");
      }
      try {
        // It connects at once or fails at once, unless the listener's queue is full.
        channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
      } catch (SocketException e) {
        // As one kind, so that it is told from a connection that broke later.
        throw (ConnectException) new ConnectException(e.getMessage()).initCause(e);
      }
      if (closed) {
        channel.close();
      }
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
      connect(ignored, 0);
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return length == 0 ? 0 : open().read(ByteBuffer.wrap(bytes, offset, length));
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
          while (buffer.hasRemaining()) {
            open().write(buffer);
          }
        }
      };
    }

    private SocketChannel open() throws IOException {
      SocketChannel open = channel;
      if (open == null) {
        throw new ClosedChannelException();
      }
      return open;
    }

    @Override
    public void shutdownOutput() throws IOException {
      outputShut = true;
      open().shutdownOutput();
    }

    @Override
    public void shutdownInput() throws IOException {
      inputShut = true;
      open().shutdownInput();
    }

    @Override
    public void close() throws IOException {
      closed = true;
      SocketChannel open = channel;
      if (open != null) {
        open.close();
      }
    }

    @Override
    public boolean isConnected() {
      return channel != null;
    }

    @Override
    public boolean isClosed() {
      SocketChannel open = channel;
      return closed || open != null && !open.isOpen();
    }

    @Override
    public boolean isInputShutdown() {
      return inputShut;
    }

    @Override
    public boolean isOutputShutdown() {
      return outputShut;
    }

    @Override
    public void setSoTimeout(int millis) {
      timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
      return timeoutMillis;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
      // There is no delay on a Unix socket.
    }
  }
}
