package dev.containertui.tui.screen.system;

import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.engine.Engine;
import dev.containertui.image.ImageSummary;
import dev.containertui.template.Template;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.widget.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is on the disk, as it was counted. */
record Disk(DiskUsage usage, List<Template> templates) {
  Disk {
    templates = List.copyOf(templates);
  }

  static Disk count(Engine engine) {
    return new Disk(engine.diskUsage(), engine.templates().list());
  }

  /**
   * One thing.
   *
   * @param alone bytes that would be free without it
   * @param unused whether it could go without being missed
   */
  record Row(
      String kind,
      String key,
      String name,
      long bytes,
      long alone,
      String usedBy,
      boolean unused) {}

  /**
   * All things of a kind.
   *
   * @param reclaimable bytes that the clean-up of this kind would free
   */
  record Sum(String title, String count, long bytes, long reclaimable) {}

  static long bytes(ContainerUse use) {
    return use.diskBytes() + use.logBytes();
  }

  private static boolean isEnded(Facts facts, ContainerUse use) {
    return facts.container(use.id()).map(c -> !c.isAlive()).orElse(false);
  }

  List<Row> endedContainers(Facts facts) {
    return containers(facts).stream().filter(Row::unused).toList();
  }

  List<Row> unusedImages(Facts facts) {
    return images(facts).stream().filter(Row::unused).toList();
  }

  /** The greatest of each kind first. */
  List<Row> rows(Facts facts) {
    List<Row> rows = new ArrayList<>();
    rows.addAll(images(facts));
    rows.addAll(containers(facts));
    rows.addAll(templates(facts));
    rows.add(
        new Row(
            "files",
            "rootfs",
            "unpacked images",
            usage.rootfsBytes(),
            usage.rootfsBytes(),
            "images",
            false));
    rows.add(
        new Row(
            "kernels",
            "kernels",
            "guest kernels",
            usage.kernelsBytes(),
            usage.kernelsBytes(),
            "machines",
            false));
    return rows;
  }

  private List<Row> images(Facts facts) {
    Map<String, ImageSummary> known =
        facts.images().stream()
            .collect(Collectors.toMap(ImageSummary::digest, Function.identity(), (a, _) -> a));
    return usage.images().stream()
        .sorted(Comparator.comparing(ImageUse::sizeBytes).reversed())
        .map(
            use -> {
              ImageSummary image = known.get(use.digest());
              String name =
                  image == null || image.references().isEmpty()
                      ? Names.shortDigest(use.digest())
                      : Names.shortReference(image.references().getFirst());
              int users = use.containers();
              return new Row(
                  "image",
                  use.digest(),
                  name,
                  use.sizeBytes(),
                  use.uniqueBytes(),
                  users == 0 ? "unused" : users + (users == 1 ? " container" : " containers"),
                  users == 0);
            })
        .toList();
  }

  private List<Row> containers(Facts facts) {
    return usage.containers().stream()
        .sorted(Comparator.comparing(Disk::bytes).reversed())
        .map(
            use ->
                new Row(
                    "container",
                    use.id(),
                    facts
                        .container(use.id())
                        .map(ContainerFacts::name)
                        .orElse(Names.shortDigest(use.id())),
                    bytes(use),
                    bytes(use),
                    facts.container(use.id()).map(c -> c.state().word()).orElse("removed")
                        + (use.logBytes() > 0 ? ", logs " + Units.bytes(use.logBytes()) : ""),
                    isEnded(facts, use)))
        .toList();
  }

  private List<Row> templates(Facts facts) {
    return templates.stream()
        .sorted(Comparator.comparing(Template::diskBytes).reversed())
        .map(
            t ->
                new Row(
                    "template",
                    t.key(),
                    t.key(),
                    t.diskBytes(),
                    t.diskBytes(),
                    "last used "
                        + Units.age(Duration.between(t.usedAt(), facts.now()))
                        + ", for "
                        + t.vcpus()
                        + " vCPU, "
                        + Units.bytes(t.memoryBytes()),
                    false))
        .toList();
  }

  List<Sum> sums(Facts facts) {
    List<Row> ended = endedContainers(facts);
    List<Row> unused = unusedImages(facts);
    return List.of(
        new Sum("images", usage.images().size() + "", usage.layersBytes(), alone(unused)),
        new Sum(
            "containers",
            usage.containers().size() + "",
            usage.containers().stream().mapToLong(Disk::bytes).sum(),
            alone(ended)),
        new Sum("files", "", usage.rootfsBytes(), 0),
        new Sum("templates", templates.size() + "", usage.templatesBytes(), usage.templatesBytes()),
        new Sum("kernels", "", usage.kernelsBytes(), 0));
  }

  static long alone(List<Row> rows) {
    return rows.stream().mapToLong(Row::alone).sum();
  }

  long total(Facts facts) {
    return sums(facts).stream().mapToLong(Sum::bytes).sum();
  }
}
