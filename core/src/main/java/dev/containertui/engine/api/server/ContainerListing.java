package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.Health;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.Engine;
import dev.containertui.engine.VolumeUsers;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.image.ImageSummary;
import dev.containertui.network.PortMatch;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** {@code docker ps}. */
final class ContainerListing {
  private static final Set<String> FILTERS =
      Set.of(
          "ancestor",
          "before",
          "exited",
          "expose",
          "health",
          "id",
          "is-task",
          "isolation",
          "label",
          "name",
          "network",
          "publish",
          "since",
          "status",
          "volume");
  private static final Set<String> STATES =
      Set.of("created", "restarting", "running", "removing", "paused", "exited", "dead");
  private static final int MAX_PATTERN = 256;

  private final Engine engine;

  ContainerListing(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/containers/json", this::list);
  }

  private void list(Request request) throws IOException {
    Query query = request.query();
    Filters filters = new Filters(query, FILTERS);
    checkStates(filters);
    long limit = Math.max(query.number("limit").orElse(0), 0);
    boolean all =
        query.flag("all")
            || limit > 0
            || filters.has("status")
            || filters.has("exited")
            || filters.has("before")
            || filters.has("since");
    List<Container> containers = engine.containers().list(true);
    Map<String, ImageSummary> images =
        engine.images().list().stream()
            .collect(Collectors.toMap(ImageSummary::digest, Function.identity(), (a, _) -> a));
    Map<String, ContainerUse> sizes =
        query.flag("size")
            ? engine.diskUsage().containers().stream()
                .collect(Collectors.toMap(DiskUsage.ContainerUse::id, Function.identity()))
            : Map.of();
    Predicate<Container> wanted = new Selection(filters, containers, images)::allows;
    ArrayNode json = Json.array();
    containers.stream()
        .filter(container -> all || container.state().isActive())
        .filter(wanted)
        .limit(limit > 0 ? limit : Long.MAX_VALUE)
        .forEach(container -> json.add(summary(container, images, sizes)));
    request.answer(json);
  }

  private static void checkStates(Filters filters) {
    for (String state : filters.all("status")) {
      if (!STATES.contains(state)) {
        throw new Failure(400, "invalid filter 'status=" + state + "'");
      }
    }
  }

  static ObjectNode summary(
      Container container, Map<String, ImageSummary> images, Map<String, ContainerUse> sizes) {
    ImageSummary image = images.get(container.imageDigest());
    ObjectNode json = Json.object().put("Id", container.id());
    json.putArray("Names").add("/" + container.name());
    json.put("Image", container.spec().image())
        .put("ImageID", image == null ? container.imageDigest() : image.id())
        .put("Command", String.join(" ", container.command()))
        .put("Created", container.createdAt().getEpochSecond());
    json.set("Ports", PortsJson.ofList(container));
    ContainerUse use = sizes.get(container.id());
    if (use != null) {
      json.put("SizeRw", use.diskBytes())
          .put("SizeRootFs", use.diskBytes() + (image == null ? 0 : image.sizeBytes()));
    }
    json.set("Labels", Json.map(container.spec().labels()));
    json.put("State", StateJson.word(container.state()))
        .put("Status", StateJson.status(container, Instant.now()));
    json.putObject("HostConfig").put("NetworkMode", NetworkJson.NAME);
    json.putObject("NetworkSettings").set("Networks", NetworkJson.endpoints(container));
    json.set("Mounts", MountsJson.of(container.spec(), _ -> ""));
    json.set(ContainerTui.FIELD, ContainerFacts.of(container).write());
    return json;
  }

  /** Which containers the filters let through. */
  private static final class Selection {
    private final Filters filters;
    private final List<Container> all;
    private final Map<String, ImageSummary> images;
    private final List<Pattern> names;
    private final List<PortMatch> published;
    private final List<PortMatch> exposed;
    private final int newestBefore;
    private final int oldestSince;

    Selection(Filters filters, List<Container> all, Map<String, ImageSummary> images) {
      this.filters = filters;
      this.all = all;
      this.images = images;
      this.names = filters.all("name").stream().map(Selection::pattern).toList();
      this.published = filters.all("publish").stream().map(PortMatch::parse).toList();
      this.exposed = filters.all("expose").stream().map(PortMatch::parse).toList();
      this.newestBefore = position("before", -1);
      this.oldestSince = position("since", Integer.MAX_VALUE);
    }

    private static Pattern pattern(String text) {
      try {
        if (text.length() > MAX_PATTERN) {
          throw new Failure(400, "the filter name is too long");
        }
        return Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        throw new Failure(400, "the filter name is not a regular expression: " + text);
      }
    }

    /** Where in the list, newest first, the container is that a filter names. */
    private int position(String filter, int otherwise) {
      if (!filters.has(filter)) {
        return otherwise;
      }
      String name = filters.all(filter).getFirst();
      for (int i = 0; i < all.size(); i++) {
        Container container = all.get(i);
        if (container.name().equals(name) || container.id().startsWith(name)) {
          return i;
        }
      }
      throw new Failure(404, "No such container: " + name);
    }

    boolean allows(Container container) {
      int position = all.indexOf(container);
      return position > newestBefore
          && position < oldestSince
          && (!filters.has("id") || filters.all("id").stream().anyMatch(container.id()::startsWith))
          && (names.isEmpty() || names.stream().anyMatch(name -> isNamed(container, name)))
          && filters.allowsLabels(container.spec().labels())
          && filters.allows("status", StateJson.word(container.state()))
          && allowsExitCode(container)
          && filters.allows("health", health(container))
          && (!filters.has("ancestor")
              || filters.all("ancestor").stream().anyMatch(name -> isOf(container, name)))
          && (!filters.has("network")
              || filters.allows("network", NetworkJson.NAME)
              || filters.allows("network", NetworkJson.ID))
          && (!filters.has("volume")
              || filters.all("volume").stream()
                  .anyMatch(volume -> VolumeUsers.hasMount(container, volume)))
          && PortMatch.allow(
              published, exposed, container.ports(), container.spec().ports().served())
          && !filters.flag("is-task", false);
    }

    private static boolean isNamed(Container container, Pattern pattern) {
      return pattern.matcher("/" + container.name()).find()
          || pattern.matcher(container.name()).find();
    }

    private boolean allowsExitCode(Container container) {
      return !filters.has("exited")
          || StateJson.word(container.state()).equals("exited")
              && filters.allows("exited", Integer.toString(StateJson.exitCode(container.state())));
    }

    private static String health(Container container) {
      return container
          .health()
          .map(Health::status)
          .map(status -> status.name().toLowerCase(Locale.ROOT))
          .orElse("none");
    }

    private boolean isOf(Container container, String name) {
      ImageSummary image = images.get(container.imageDigest());
      String plain = name.replaceFirst("^sha256:", "");
      return container.spec().image().equals(name)
          || image != null
              && (image.references().stream().anyMatch(r -> ImageJson.isCalled(r, name))
                  || plain.length() >= 4 && image.id().startsWith("sha256:" + plain));
    }
  }
}
