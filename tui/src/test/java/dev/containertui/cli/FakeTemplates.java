package dev.containertui.cli;

import dev.containertui.engine.Templates;
import dev.containertui.error.EngineException;
import dev.containertui.template.Template;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Templates in memory. */
final class FakeTemplates implements Templates {
  final List<Template> all = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  Runnable beforeBuild = () -> {};
  int clones;

  /** One that was used last on the first of January. */
  static Template template(String key) {
    return new Template(
        key,
        Path.of("/cache/templates/" + key),
        "6.1.0",
        "tcg",
        1,
        512L << 20,
        key.endsWith("2") ? Optional.of("sha256:5b64fb57169c530e") : Optional.empty(),
        Instant.parse("2025-12-01T00:00:00Z"),
        Instant.parse("2026-01-01T00:00:00Z"),
        65_200_000);
  }

  @Override
  public List<Template> list() {
    return List.copyOf(all);
  }

  @Override
  public Template build(Optional<Double> cpus, Optional<Long> memoryBytes, Optional<Path> kernel) {
    beforeBuild.run();
    calls.add("build " + cpus + " " + memoryBytes + " " + kernel);
    Template template = template("2f0c000000000001");
    if (!all.contains(template)) {
      all.addFirst(template);
    }
    return template;
  }

  @Override
  public String remove(String keyOrPrefix) {
    Template found =
        all.stream()
            .filter(t -> t.key().startsWith(keyOrPrefix))
            .findFirst()
            .orElseThrow(() -> FakeEngine.notFound("template", keyOrPrefix));
    if (all.stream().filter(t -> t.key().startsWith(keyOrPrefix)).count() > 1) {
      throw new EngineException(
          EngineException.Kind.CONFLICT, "more than one template begins with " + keyOrPrefix);
    }
    all.remove(found);
    return found.key();
  }

  @Override
  public List<Template> prune(boolean everything) {
    List<Template> removed = everything ? list() : all.subList(1, all.size()).stream().toList();
    all.removeAll(removed);
    return removed;
  }

  @Override
  public Use use(Template template) {
    return new Use(clones, clones * (21L << 20));
  }
}
