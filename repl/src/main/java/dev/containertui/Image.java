package dev.containertui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.fs.TreeFileSystem;
import dev.containertui.image.ImageSummary;
import dev.containertui.view.Cell;
import dev.containertui.view.Chart;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image of the store, as it was when it was asked for.
 *
 * <pre>{@code
 * var alpine = pull("alpine");
 * alpine.layers()
 * alpine.run("uname", "-a").text()
 * Files.readString(alpine.fs("/etc/os-release"))
 * }</pre>
 */
public final class Image implements Value, Listed {
  private static final RowView<Image> ROWS =
      new RowView<>(
          Image.class,
          List.of(
              Column.left("IMAGE"),
              Column.left("ID"),
              Column.left("PLATFORM"),
              Column.right("SIZE"),
              Column.left("CREATED")),
          i ->
              List.of(
                  new Cell(i.name(), Tone.NAME),
                  Cell.of(Humanize.shortDigest(i.id())),
                  Cell.of(i.platform()),
                  Cell.of(Humanize.bytes(i.sizeBytes())),
                  Cell.dim(i.created().map(c -> Humanize.ago(c, Instant.now())).orElse("-"))));

  private final ImageSummary summary;

  Image(ImageSummary summary) {
    this.summary = summary;
  }

  /** The first of its names in full; without one, {@code <none>}. */
  public String name() {
    return summary.references().isEmpty() ? "<none>" : summary.references().getFirst();
  }

  /** All its names in full, {@code registry/repository:tag}. */
  public List<String> names() {
    return summary.references();
  }

  /** Digest of its configuration, {@code sha256:…}. */
  public String id() {
    return summary.id();
  }

  /** Digest of its manifest, {@code sha256:…}. */
  public String digest() {
    return summary.digest();
  }

  /** {@code os/architecture[/variant]}. */
  public String platform() {
    return summary.platform().toString();
  }

  /** Its layers as they are transferred, together. */
  public long sizeBytes() {
    return summary.sizeBytes();
  }

  /** When it was made, if it says so. */
  public Optional<Instant> created() {
    return summary.created();
  }

  /** Labels of its configuration. */
  public Map<String, String> labels() {
    return summary.labels();
  }

  /** Its layers, base first, each with the step of its history that made it. */
  public Listing<Layer> layers() {
    JsonNode all = inspect();
    JsonNode manifest = all.has("manifest") ? all.get("manifest") : all.path("Manifest");
    List<String> makers = makers(all);
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : manifest.path("layers")) {
      int number = layers.size() + 1;
      layers.add(
          new Layer(
              number,
              layer.path("digest").asText(),
              layer.path("size").asLong(),
              layer.path("mediaType").asText(),
              number <= makers.size() ? makers.get(number - 1) : ""));
    }
    return new Listing<>(layers);
  }

  private static List<String> makers(JsonNode all) {
    List<String> makers = new ArrayList<>();
    for (JsonNode step : all.path("config").path("history")) {
      if (!step.path("empty_layer").asBoolean()) {
        makers.add(step.path("created_by").asText());
      }
    }
    return makers;
  }

  /** How it was made, newest step first. */
  public Listing<HistoryStep> history() {
    return new Listing<>(engineImages().history(digest()).stream().map(HistoryStep::of).toList());
  }

  /**
   * Its root directory, all layers together, to be read with {@link Files}; it does not change.
   *
   * <pre>{@code tree(image("alpine").fs("/etc"), 1)}</pre>
   */
  public Path fs() {
    return TreeFileSystem.ofImage(toString(), engineImages().files(digest())).root();
  }

  /**
   * A file or directory in it.
   *
   * @param path from the root on, with or without a slash at the beginning
   */
  public Path fs(String path) {
    return fs().resolve(Args.required("fs(path)", "path", path));
  }

  /** All its files, in order of their paths. */
  public Listing<FileInfo> files() {
    return files("/");
  }

  /**
   * The files in a directory of it and below, in order of their paths.
   *
   * <pre>{@code image("alpine").files("/usr").where(f -> f.sizeBytes() > 100_000)}</pre>
   *
   * @throws EngineException NOT_FOUND
   */
  public Listing<FileInfo> files(String directory) {
    List<FileInfo> files = new ArrayList<>();
    try (Stream<Path> walked = Files.walk(fs(directory))) {
      for (Path path : (Iterable<Path>) walked::iterator) {
        files.add(FileInfo.of(path));
      }
    } catch (IOException e) {
      throw cannotRead(directory, e);
    } catch (UncheckedIOException e) {
      throw cannotRead(directory, e.getCause());
    }
    return new Listing<>(files);
  }

  private EngineException cannotRead(String directory, IOException e) {
    return new EngineException(
        Kind.NOT_FOUND,
        "files(directory): cannot read " + directory + " in " + this + ": " + Failures.reason(e),
        e);
  }

  /** Everything known about it: summary, manifest and configuration. */
  public JsonNode inspect() {
    return Json.read(engineImages().inspectJson(digest()), "the description of image " + name());
  }

  /** Begins to describe a container of it; see {@link Run}. */
  public Run run(String... command) {
    return ContainerTui.run(summary.references().isEmpty() ? id() : name(), command);
  }

  /** Gives it a further name, which another image loses if it had it. */
  public Image tag(String name) {
    engineImages().tag(digest(), Args.required("tag(name)", "name", name));
    return ContainerTui.image(name);
  }

  /**
   * Sends it to the registry of its name; only what is missing there is transferred.
   *
   * @return digest of the manifest that the registry has now
   * @throws EngineException INVALID if it has no name; UNAUTHORIZED, UNAVAILABLE
   */
  public String push() {
    if (summary.references().isEmpty()) {
      throw new EngineException(
          Kind.INVALID, "push(): the image has no name", "tag(\"registry/name:tag\") gives it one");
    }
    Progress progress = Session.current().frontend().progress();
    try {
      return engineImages().push(name(), new PushMeter(name(), progress));
    } finally {
      progress.done();
    }
  }

  /**
   * Writes it to a file of this host as an archive that {@code load}, docker and skopeo read.
   *
   * @return the file
   */
  public Path save(Path file) {
    Args.required("save(path)", "path", file);
    List<String> what = summary.references().isEmpty() ? List.of(id()) : summary.references();
    try (OutputStream to = Files.newOutputStream(file)) {
      engineImages().save(what, to);
      return file;
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "save(path): cannot write " + file + ": " + Failures.reason(e), e);
    }
  }

  /**
   * Removes it with all its names.
   *
   * @return one line for each thing done
   * @throws EngineException CONFLICT if a container was made of it
   */
  public List<String> rm() {
    List<String> done = new ArrayList<>();
    if (summary.references().isEmpty()) {
      return engineImages().remove(id(), false);
    }
    for (String name : summary.references()) {
      done.addAll(engineImages().remove(name, false));
    }
    return List.copyOf(done);
  }

  private static dev.containertui.engine.Images engineImages() {
    return ContainerTui.engine().images();
  }

  /** Its names, ids, platform, size and labels. */
  @Override
  public JsonNode json() {
    return Json.of(summary);
  }

  /** Itself, and its layers by size. */
  @Override
  public View view() {
    List<Chart.Bar> bars = new ArrayList<>();
    for (Layer layer : layers()) {
      bars.add(
          Chart.Bar.of(
              layer.sizeBytes(),
              new Cell(Humanize.shortDigest(layer.digest()), Tone.NAME),
              Cell.of(Humanize.bytes(layer.sizeBytes()))));
    }
    View table = ROWS.table(List.of(this));
    return bars.isEmpty()
        ? table
        : View.stack(table, new Chart(List.of(Column.left("LAYER"), Column.right("SIZE")), bars));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image image && image.digest().equals(digest());
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  /** Its name, or its id if it has none. */
  @Override
  public String toString() {
    return summary.references().isEmpty() ? id() : name();
  }
}
