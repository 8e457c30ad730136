package dev.containertui.repl.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.oci.Platform;
import dev.containertui.repl.render.Humanize;
import dev.containertui.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of the console: every snippet sees these methods without an import.
 *
 * <p>All of them act on the engine of the console or script that runs. They throw {@link
 * EngineException}.
 */
public final class Commands {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Commands() {}

  /** The engine itself, for everything that has no word of its own. */
  public static Engine engine() {
    return Workspace.current().engine();
  }

  /** The arguments of the script. */
  public static String[] arguments() {
    return Workspace.current().arguments().toArray(String[]::new);
  }

  /** Fetches an image from its registry. */
  public static ImageSummary pull(String reference) {
    return pull(reference, Optional.empty());
  }

  /**
   * Fetches an image for another platform.
   *
   * @param platform {@code os/architecture[/variant]}, for example {@code linux/arm64}
   */
  public static ImageSummary pull(String reference, String platform) {
    String[] parts = platform.split("/", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new EngineException(
          Kind.INVALID, "not a platform: " + platform, "write os/architecture, as in linux/arm64");
    }
    Optional<String> variant = parts.length == 3 ? Optional.of(parts[2]) : Optional.empty();
    return pull(reference, Optional.of(new Platform(parts[0], parts[1], variant)));
  }

  static ImageSummary pull(String reference, Optional<Platform> platform) {
    Workspace workspace = Workspace.current();
    Progress progress = workspace.progress();
    try {
      return workspace
          .engine()
          .images()
          .pull(reference, platform, new PullMeter(reference, progress));
    } finally {
      progress.done();
    }
  }

  /** All images in the store, newest first. */
  public static List<ImageSummary> images() {
    return engine().images().list();
  }

  /** One image, by reference, id or prefix of an id. */
  public static ImageSummary image(String reference) {
    return engine()
        .images()
        .find(reference)
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND,
                    "image not found: " + reference,
                    "pull(\"" + reference + "\") fetches it"));
  }

  /** Removes images; one line for each thing done. */
  public static List<String> rmi(String... references) {
    List<String> done = new ArrayList<>();
    for (String reference : references) {
      done.addAll(engine().images().remove(reference, false));
    }
    return done;
  }

  /**
   * Starts a container, after a pull if the image is not here.
   *
   * @param command replaces the image's; if empty, the image's own runs with an open input
   */
  public static ContainerHandle run(String image, String... command) {
    return from(image).run(command);
  }

  /** Starts a container that is described in full. */
  public static ContainerHandle run(ContainerSpec spec) {
    return Workspace.current().start(spec);
  }

  /** Begins the description of a container: {@code from("debian").name("web").run()}. */
  public static ContainerRequest from(String image) {
    return new ContainerRequest(image, Workspace.current());
  }

  /** All containers, newest first, ended ones too. */
  public static List<ContainerHandle> containers() {
    Workspace workspace = Workspace.current();
    return workspace.engine().containers().list(true).stream().map(workspace::handle).toList();
  }

  /** One container, by name, id or prefix of an id. */
  public static ContainerHandle container(String nameOrId) {
    Workspace workspace = Workspace.current();
    return workspace
        .engine()
        .containers()
        .find(nameOrId)
        .map(workspace::handle)
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.NOT_FOUND, "container not found: " + nameOrId, "containers() lists them"));
  }

  /** Everything known about a container or an image. */
  public static JsonNode inspect(String name) {
    Engine engine = engine();
    String json;
    if (engine.containers().find(name).isPresent()) {
      json = engine.containers().inspectJson(name);
    } else if (engine.images().find(name).isPresent()) {
      json = engine.images().inspectJson(name);
    } else {
      throw new EngineException(
          Kind.NOT_FOUND,
          "no container and no image is called " + name,
          "containers() and images() list what there is");
    }
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new EngineException(Kind.INTERNAL, "the description of " + name + " is no JSON", e);
    }
  }

  /** The installed guest kernels, the default one first. */
  public static List<InstalledKernel> kernels() {
    return engine().kernels().list();
  }

  /** Fetches the distribution's kernel and makes it the default. */
  public static InstalledKernel installKernel() {
    Progress progress = Workspace.current().progress();
    try {
      return engine()
          .kernels()
          .install(
              event ->
                  progress.status(
                      event.totalBytes() == 0
                          ? event.step()
                          : event.step()
                              + ": "
                              + Humanize.bytes(event.doneBytes())
                              + " of "
                              + Humanize.bytes(event.totalBytes())));
    } finally {
      progress.done();
    }
  }

  /** The booted machines that containers start from, the one used last first. */
  public static List<Template> templates() {
    return engine().templates().list();
  }

  /** What is there on this host, and what is missing. */
  public static List<Engine.Finding> doctor() {
    return engine().diagnose();
  }

  /** Prints values as the console shows them: lists as tables, sizes and times with units. */
  public static void print(Object... values) {
    Workspace workspace = Workspace.current();
    for (Object value : values) {
      String text =
          value instanceof CharSequence plain
              ? plain.toString()
              : workspace.renderer().apply(value);
      workspace.out().println(text);
    }
  }

  /** Leaves the console or ends the script, with exit code 0. */
  public static void exit() {
    exit(0);
  }

  /** Leaves the console or ends the script. */
  public static void exit(int code) {
    throw new ExitRequest(code);
  }
}
