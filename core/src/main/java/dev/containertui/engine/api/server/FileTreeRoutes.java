package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.containertui.container.FileStat;
import dev.containertui.container.FileTree;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.own.FileJson;
import dev.containertui.engine.api.own.OwnFields;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * Files of containers and images one by one, for our own client: Docker's API has only archives.
 */
final class FileTreeRoutes {
  private static final String BELOW = "/" + OwnFields.PATH;
  private static final String BYTES = "application/octet-stream";

  private final Engine engine;

  FileTreeRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get(BELOW + "/containers/{id}/files/list", r -> list(r, ofContainer(r)));
    routes.get(BELOW + "/containers/{id}/files/content", r -> content(r, ofContainer(r)));
    routes.get(BELOW + "/images/files/stat", r -> r.answer(FileJson.write(stat(r))));
    routes.get(BELOW + "/images/files/list", r -> list(r, ofImage(r)));
    routes.get(BELOW + "/images/files/content", r -> content(r, ofImage(r)));
  }

  private FileTree ofContainer(Request request) {
    return Lookup.container(engine, request).files();
  }

  private FileTree ofImage(Request request) {
    return engine.images().files(parameter(request, "reference"));
  }

  private FileStat stat(Request request) {
    return ofImage(request).stat(parameter(request, "path"));
  }

  private static String parameter(Request request, String name) {
    return request.query().text(name).orElseThrow(() -> new Failure(400, name + " is not given"));
  }

  private static void list(Request request, FileTree files) throws IOException {
    ArrayNode entries = Json.array();
    files.list(parameter(request, "path")).forEach(entry -> entries.add(FileJson.write(entry)));
    request.answer(entries);
  }

  /**
   * All of a file, or its start. The first byte is awaited before the answer begins, so that a
   * failure can still be told.
   */
  private static void content(Request request, FileTree files) throws IOException {
    String path = parameter(request, "path");
    request.exchange().endWithClient();
    OptionalLong limit = request.query().number("limit");
    LateAnswer body = new LateAnswer(request);
    if (limit.isPresent()) {
      body.write(files.head(path, Math.clamp(limit.getAsLong(), -1, Integer.MAX_VALUE)));
    } else {
      files.content(path, body);
    }
    body.begin();
    body.close();
  }

  /** An answer whose head is sent with the first byte of its body. */
  private static final class LateAnswer extends OutputStream {
    private final Request request;
    private OutputStream body;

    LateAnswer(Request request) {
      this.request = request;
    }

    void begin() throws IOException {
      if (body == null) {
        body = request.exchange().stream(200, BYTES);
      }
    }

    @Override
    public void write(int b) throws IOException {
      begin();
      body.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      begin();
      body.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (body != null) {
        body.close();
      }
    }
  }
}
