package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.Health;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.Platform;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Containers and images with nothing but what filters look at. */
final class FilterFixture {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final List<Container> containers = new ArrayList<>();
  final List<ImageSummary> images = new ArrayList<>();
  final Map<String, String> imageLabels = new HashMap<>();

  /** Adds a container; each is a minute younger than the one before, the first an hour old. */
  Container container(
      String name,
      String id,
      String imageDigest,
      Map<String, String> labels,
      ContainerState state,
      Optional<Health.Status> health) {
    Instant created = NOW.minusSeconds(3600 - 60L * containers.size());
    ContainerSpec spec = ContainerSpec.of("img").labels(labels).build();
    Container container =
        fake(
            Container.class,
            Map.of(
                "id", id.repeat(64 / id.length()),
                "name", name,
                "spec", spec,
                "createdAt", created,
                "imageDigest", imageDigest,
                "state", state,
                "ports", List.of(),
                "health", health.map(status -> new Health(status, 0, List.of()))));
    containers.add(container);
    return container;
  }

  ImageSummary image(String digest, List<String> references, Map<String, String> labels) {
    Instant created = NOW.minusSeconds(3600 - 60L * images.size());
    ImageSummary image =
        new ImageSummary(
            "sha256:" + "c".repeat(64),
            digest,
            references,
            Platform.host(),
            1,
            Optional.of(created));
    images.add(image);
    String json =
        labels.entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
            .reduce((a, b) -> a + "," + b)
            .orElse("");
    imageLabels.put(digest, "{\"config\":{\"config\":{\"Labels\":{" + json + "}}}}");
    return image;
  }

  Engine engine() {
    Containers all =
        (Containers)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Containers.class},
                (_, _, arguments) ->
                    containers.stream().filter(c -> c.name().equals(arguments[0])).findFirst());
    Images store =
        (Images)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Images.class},
                (_, method, arguments) ->
                    method.getName().equals("inspectJson")
                        ? imageLabels.get(arguments[0])
                        : images.stream()
                            .filter(i -> i.references().contains(arguments[0]))
                            .findFirst());
    return fake(Engine.class, Map.of("containers", all, "images", store));
  }

  List<String> containersWith(String... terms) {
    ContainerFilter filter =
        ContainerFilter.of(FilterTerms.parse(List.of(terms)), NOW, ZoneOffset.UTC);
    return containers.stream().filter(filter.in(engine())).map(Container::name).toList();
  }

  List<String> imagesWith(String... terms) {
    ImageFilter filter = ImageFilter.of(FilterTerms.parse(List.of(terms)), NOW, ZoneOffset.UTC);
    return images.stream()
        .filter(filter.in(engine()))
        .flatMap(
            i ->
                i.references().isEmpty()
                    ? Stream.of("<none>")
                    : i.references().stream().filter(filter::matches))
        .toList();
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> {
              if (!answers.containsKey(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
              }
              return answers.get(method.getName());
            }));
  }
}
