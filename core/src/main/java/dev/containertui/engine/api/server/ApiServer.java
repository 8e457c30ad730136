package dev.containertui.engine.api.server;

import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ApiVersion;
import dev.containertui.engine.api.http.Exchange;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.http.HttpServer;
import dev.containertui.engine.api.http.Limits;
import dev.containertui.engine.api.http.SocketFile;
import dev.containertui.engine.api.own.BuildId;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves an engine on a Unix domain socket, in the words of the Docker Engine API. */
public final class ApiServer implements AutoCloseable {
  private static final Pattern VERSIONED = Pattern.compile("/v([0-9][0-9.]*)(/.*)");

  private final Routes routes = new Routes();
  private final ExecTable execs = new ExecTable();
  private final HttpServer server;
  private final String id = UUID.randomUUID().toString();

  private ApiServer(Engine engine, ServerSocketChannel listener, Limits limits) {
    new SystemRoutes(engine).addTo(routes);
    new EventRoutes(engine).addTo(routes);
    new UsageRoutes(engine).addTo(routes);
    new ContainerListing(engine).addTo(routes);
    new ContainerRoutes(engine).addTo(routes);
    new LifeRoutes(engine).addTo(routes);
    new LogRoutes(engine).addTo(routes);
    new AttachRoutes(engine).addTo(routes);
    new StatsRoutes(engine).addTo(routes);
    new FileRoutes(engine).addTo(routes);
    new FileTreeRoutes(engine).addTo(routes);
    new ExecRoutes(engine, execs).addTo(routes);
    new OwnRoutes(engine, execs).addTo(routes);
    new VolumeRoutes(engine).addTo(routes);
    new AbsentRoutes(engine).addTo(routes); // Before images, whose names may be anything.
    new ImageRoutes(engine).addTo(routes);
    new TransferRoutes(engine).addTo(routes);
    server = HttpServer.start(listener, limits, this::handle);
  }

  /**
   * Listens at a path, for this user only.
   *
   * @param engine stays the caller's
   * @throws EngineException CONFLICT if somebody listens there; UNAVAILABLE
   */
  public static ApiServer start(Engine engine, Path socket) {
    return start(engine, SocketFile.listen(socket), Limits.DEFAULT);
  }

  /**
   * Serves the clients of a socket that listens already, for example an inherited one.
   *
   * @param listener in blocking mode; closed with the server
   */
  public static ApiServer start(Engine engine, ServerSocketChannel listener) {
    return start(engine, listener, Limits.DEFAULT);
  }

  /** The same, with other limits. */
  public static ApiServer start(Engine engine, ServerSocketChannel listener, Limits limits) {
    return new ApiServer(engine, listener, limits);
  }

  /** How many clients are connected, idle ones too. */
  public int connections() {
    return server.connections();
  }

  /** When a client last came or went; the start of the server if none has. */
  public Instant lastActive() {
    return server.lastActive();
  }

  /** Accepts nobody any more and ends all requests. The socket's file, if there is one, stays. */
  @Override
  public void close() {
    server.close();
  }

  private void handle(Exchange exchange) throws IOException, InterruptedException {
    exchange.setHeader("Api-Version", ApiVersion.CURRENT.toString());
    exchange.setHeader("Docker-Experimental", "false");
    exchange.setHeader("Ostype", "linux");
    exchange.setHeader("Server", "container-tui (linux)");
    exchange.setHeader(OwnFields.BUILD_HEADER, BuildId.ofThisProcess());
    exchange.setHeader(OwnFields.ENGINE_HEADER, id);
    try {
      dispatch(exchange);
    } catch (Failure e) {
      refuse(exchange, e.status(), Failure.body(e.getMessage()));
    } catch (EngineException e) {
      refuse(exchange, Failures.status(e), Failures.body(e));
    } catch (RuntimeException e) {
      EngineException bug = new EngineException(Kind.INTERNAL, "the request failed: " + e, e);
      refuse(exchange, 500, Failures.body(bug));
    }
  }

  private void dispatch(Exchange exchange) throws IOException, InterruptedException {
    String path = exchange.path();
    ApiVersion version = ApiVersion.CURRENT;
    Matcher versioned = VERSIONED.matcher(path);
    if (versioned.matches()) {
      version = version(versioned.group(1));
      path = versioned.group(2);
    }
    Routes.Match match = routes.find(exchange.method(), path);
    match.action().run(new Request(exchange, version, match.path()));
  }

  private static ApiVersion version(String text) {
    ApiVersion version =
        ApiVersion.parse(text).orElseThrow(() -> new Failure(400, "not an API version: " + text));
    if (version.compareTo(ApiVersion.MINIMUM) < 0) {
      throw new Failure(
          400,
          "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
              .formatted(version, ApiVersion.MINIMUM));
    }
    if (version.compareTo(ApiVersion.CURRENT) > 0) {
      throw new Failure(
          400,
          "client version %s is too new. Maximum supported API version is %s"
              .formatted(version, ApiVersion.CURRENT));
    }
    return version;
  }

  /** A failure after the answer has begun cannot be told any more: the answer is broken off. */
  private static void refuse(Exchange exchange, int status, byte[] body) throws IOException {
    if (!exchange.isAnswered()) {
      exchange.answer(status, Request.JSON, body);
    }
  }
}
