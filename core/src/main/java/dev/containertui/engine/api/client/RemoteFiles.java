package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.ContainerFiles;
import dev.containertui.container.FileChange;
import dev.containertui.container.FileStat;
import dev.containertui.container.Unsupported;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** The files of a container of a remote engine. */
record RemoteFiles(ApiClient api, String id) implements ContainerFiles {
  private static final String STAT_HEADER = "X-Docker-Container-Path-Stat";

  /** Bits of Go's {@code fs.FileMode}, in which Docker tells what a file is. */
  private static final long GO_DIRECTORY = 1L << 31;

  private static final long GO_SYMBOLIC_LINK = 1L << 27;
  private static final long GO_DEVICE = 1L << 26;
  private static final long GO_FIFO = 1L << 25;
  private static final long GO_SOCKET = 1L << 24;
  private static final long GO_SETUID = 1L << 23;
  private static final long GO_SETGID = 1L << 22;
  private static final long GO_CHARACTER_DEVICE = 1L << 21;
  private static final long GO_STICKY = 1L << 20;

  private HttpUrl.Builder archive(String path) {
    return ApiClient.url("containers", id, "archive").addQueryParameter("path", path);
  }

  @Override
  public FileStat stat(String path) {
    Response response;
    try {
      response = api.open(new Request.Builder().url(archive(path).build()).head());
    } catch (EngineException e) {
      // An answer to HEAD has no body that could say what is missing.
      throw e.kind() == Kind.NOT_FOUND
          ? new EngineException(Kind.NOT_FOUND, "no such file in the container: " + path, e)
          : e;
    }
    try (response) {
      byte[] json = Base64.getDecoder().decode(response.header(STAT_HEADER, ""));
      return stat(Json.read(new String(json, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          Kind.CORRUPT, "the engine's answer about " + path + " is broken", e);
    }
  }

  private static FileStat stat(JsonNode json) {
    long mode = json.path("mode").asLong();
    JsonNode own = json.path(ContainerTui.FIELD);
    Optional<String> target = Json.optional(json, "linkTarget");
    return new FileStat(
        Json.text(json, "name"),
        kind(mode),
        permissions(mode),
        own.path("uid").asLong(),
        own.path("gid").asLong(),
        json.path("size").asLong(),
        Json.instant(json, "mtime").orElse(Instant.EPOCH),
        Json.optional(own, "linkTarget").or(() -> target),
        target);
  }

  private static FileStat.Kind kind(long mode) {
    if ((mode & GO_DIRECTORY) != 0) {
      return FileStat.Kind.DIRECTORY;
    } else if ((mode & GO_SYMBOLIC_LINK) != 0) {
      return FileStat.Kind.SYMBOLIC_LINK;
    } else if ((mode & GO_FIFO) != 0) {
      return FileStat.Kind.FIFO;
    } else if ((mode & GO_SOCKET) != 0) {
      return FileStat.Kind.SOCKET;
    } else if ((mode & GO_CHARACTER_DEVICE) != 0) {
      return FileStat.Kind.CHARACTER_DEVICE;
    }
    return (mode & GO_DEVICE) != 0 ? FileStat.Kind.BLOCK_DEVICE : FileStat.Kind.FILE;
  }

  private static int permissions(long mode) {
    return (int) (mode & 0777)
        | ((mode & GO_SETUID) != 0 ? 04000 : 0)
        | ((mode & GO_SETGID) != 0 ? 02000 : 0)
        | ((mode & GO_STICKY) != 0 ? 01000 : 0);
  }

  private HttpUrl.Builder own(String what, String path) {
    if (!api.isOurs()) {
      throw Unsupported.of("reading files one by one");
    }
    return ApiClient.url(OwnFields.PATH, "containers", id, "files", what)
        .addQueryParameter("path", path);
  }

  @Override
  public List<FileStat> list(String directory) {
    return RemoteImageFiles.entries(api.get(own("list", directory)));
  }

  @Override
  public void content(String path, OutputStream target) {
    api.copy(own("content", path), target);
  }

  @Override
  public byte[] head(String path, int limitBytes) {
    return RemoteImageFiles.head(api, own("content", path), limitBytes);
  }

  @Override
  public void read(String path, OutputStream target) {
    api.copy(archive(path), target);
  }

  @Override
  public void write(String directory, InputStream archive, boolean noOverwriteDirNonDir) {
    HttpUrl.Builder url = archive(directory);
    if (noOverwriteDirNonDir) {
      url.addQueryParameter("noOverwriteDirNonDir", "1");
    }
    api.send("PUT", url, archive);
  }

  @Override
  public List<FileChange> changes() {
    List<FileChange> changes = new ArrayList<>();
    for (JsonNode change : api.get(ApiClient.url("containers", id, "changes"))) {
      FileChange.Kind kind =
          switch (change.path("Kind").asInt()) {
            case 1 -> FileChange.Kind.ADDED;
            case 2 -> FileChange.Kind.DELETED;
            default -> FileChange.Kind.MODIFIED;
          };
      changes.add(new FileChange(kind, Json.text(change, "Path")));
    }
    return changes;
  }

  @Override
  public void export(OutputStream target) {
    api.copy(ApiClient.url("containers", id, "export"), target);
  }
}
