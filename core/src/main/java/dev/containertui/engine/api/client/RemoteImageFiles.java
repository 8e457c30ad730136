package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.container.FileStat;
import dev.containertui.container.FileTree;
import dev.containertui.engine.api.own.FileJson;
import dev.containertui.engine.api.own.OwnFields;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/** The files of an image of a remote engine. */
record RemoteImageFiles(ApiClient api, String reference) implements FileTree {
  private HttpUrl.Builder url(String what, String path) {
    return ApiClient.url(OwnFields.PATH, "images", "files", what)
        .addQueryParameter("reference", reference)
        .addQueryParameter("path", path);
  }

  @Override
  public FileStat stat(String path) {
    return FileJson.read(api.get(url("stat", path)));
  }

  @Override
  public List<FileStat> list(String directory) {
    return entries(api.get(url("list", directory)));
  }

  static List<FileStat> entries(JsonNode answer) {
    List<FileStat> entries = new ArrayList<>();
    answer.forEach(entry -> entries.add(FileJson.read(entry)));
    return entries;
  }

  @Override
  public void content(String path, OutputStream target) {
    api.copy(url("content", path), target);
  }

  @Override
  public byte[] head(String path, int limitBytes) {
    return head(api, url("content", path), limitBytes);
  }

  /** An engine that knows no limit sends all of it: then no more is taken than was asked for. */
  static byte[] head(ApiClient api, HttpUrl.Builder content, int limitBytes) {
    return api.start(content.addQueryParameter("limit", "" + limitBytes), limitBytes);
  }
}
