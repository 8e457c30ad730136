package dev.containertui.registry.server;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small registry inside this process, on the loopback interface: the OCI distribution API for
 * pulling and pushing, over real HTTP, with everything in memory. Made for the demonstration, and
 * for tests, which put {@link Filter filters} in front of it to make it misbehave.
 */
public final class LoopbackRegistry implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService executor;
  private final RegistryContent content = new RegistryContent();

  private LoopbackRegistry(HttpServer server, List<Filter> filters) {
    this.server = server;
    executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(executor);
    HttpContext context = server.createContext("/", new RegistryHandler(content));
    context.getFilters().addAll(filters);
  }

  /**
   * Starts a registry on a free port.
   *
   * @param filters see every request first, in this order
   * @throws EngineException UNAVAILABLE
   */
  public static LoopbackRegistry start(Filter... filters) {
    try {
      InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
      return start(HttpServer.create(new InetSocketAddress(loopback, 0), 0), filters);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot start a registry on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  /** Starts a registry on a server that is bound, but not started. */
  static LoopbackRegistry start(HttpServer server, Filter... filters) {
    LoopbackRegistry registry = new LoopbackRegistry(server, List.of(filters));
    server.start();
    return registry;
  }

  /** {@code localhost:PORT}: what references to this registry start with. */
  public String address() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The reference of an image here. */
  public Reference reference(String repository, String tag) {
    return Reference.parse(address() + "/" + repository + ":" + tag);
  }

  /** Stores a blob without a request. */
  public Digest putBlob(byte[] bytes) {
    Digest digest = Digest.sha256(bytes);
    content.putBlob(digest, bytes);
    return digest;
  }

  /**
   * Stores a manifest or an index without a request, unexamined.
   *
   * @param tag a tag; empty: reachable by digest only
   */
  public Digest putManifest(String repository, String tag, String mediaType, byte[] bytes) {
    return content.putManifest(repository, tag, mediaType, bytes);
  }

  /** Stops at once; connections are closed. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
