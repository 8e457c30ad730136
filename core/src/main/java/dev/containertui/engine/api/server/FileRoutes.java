package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.FileChange;
import dev.containertui.container.FileStat;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/** {@code docker cp}, {@code diff} and {@code export}. */
final class FileRoutes {
  private static final String TAR = "application/x-tar";
  private static final String STAT_HEADER = "X-Docker-Container-Path-Stat";

  private final Engine engine;

  FileRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.head("/containers/{id}/archive", this::stat);
    routes.get("/containers/{id}/archive", this::read);
    routes.put("/containers/{id}/archive", this::write);
    routes.get("/containers/{id}/changes", this::changes);
    routes.get("/containers/{id}/export", this::export);
  }

  private static String path(Request request) {
    String path =
        request
            .query()
            .text("path")
            .orElseThrow(() -> new Failure(400, "bad parameter: path cannot be empty"));
    return path.startsWith("/") ? path : "/" + path;
  }

  private FileStat find(Container container, String path) {
    try {
      return container.files().stat(path);
    } catch (EngineException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        throw new Failure(
            404, "Could not find the file %s in container %s".formatted(path, container.name()));
      }
      throw e;
    }
  }

  private void stat(Request request) throws IOException {
    FileStat stat = find(Lookup.container(engine, request), path(request));
    request.exchange().setHeader(STAT_HEADER, header(stat));
    request.exchange().answer(200, "", new byte[0]);
  }

  private void read(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    String path = path(request);
    FileStat stat = find(container, path);
    request.exchange().setHeader(STAT_HEADER, header(stat));
    request.exchange().endWithClient();
    OutputStream body = request.exchange().stream(200, TAR);
    container.files().read(path, body);
    body.close();
  }

  private void write(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    String path = path(request);
    try {
      container.files().write(path, request.body(), request.query().flag("noOverwriteDirNonDir"));
    } catch (EngineException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        throw new Failure(
            404, "Could not find the file %s in container %s".formatted(path, container.name()));
      }
      throw e;
    }
    request.exchange().answer(200, "", new byte[0]);
  }

  /** A FileStat as Docker writes it, Base64 of JSON. */
  private static String header(FileStat stat) {
    ObjectNode json =
        Json.object()
            .put("name", stat.name())
            .put("size", stat.sizeBytes())
            .put("mode", GoFileMode.of(stat))
            .put("mtime", Json.time(stat.modified()))
            .put("linkTarget", stat.resolvedTarget().or(stat::linkTarget).orElse(""));
    ObjectNode ours =
        json.putObject(ContainerTui.FIELD).put("uid", stat.uid()).put("gid", stat.gid());
    stat.linkTarget().ifPresent(target -> ours.put("linkTarget", target));
    return Base64.getEncoder().encodeToString(Json.bytes(json));
  }

  private void changes(Request request) throws IOException {
    ArrayNode json = Json.array();
    for (FileChange change : Lookup.container(engine, request).files().changes()) {
      json.addObject().put("Path", change.path()).put("Kind", kind(change.kind()));
    }
    request.answer(json);
  }

  private static int kind(FileChange.Kind kind) {
    return switch (kind) {
      case MODIFIED -> 0;
      case ADDED -> 1;
      case DELETED -> 2;
    };
  }

  private void export(Request request) throws IOException {
    Container container = Lookup.container(engine, request);
    request.exchange().endWithClient();
    OutputStream body = request.exchange().stream(200, TAR);
    container.files().export(body);
    body.close();
  }
}
