package dev.containertui.engine.api.server;

import dev.containertui.engine.Images;
import dev.containertui.engine.Pruned;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.image.PushEvent;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One image, called {@code docker.io/library/busybox:latest}. */
final class FakeImages implements Images {
  static final String ID = "sha256:" + "1d".repeat(32);
  static final String DIGEST = "sha256:" + "d1".repeat(32);
  static final String LAYER = "sha256:" + "1a".repeat(32);

  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile Optional<EngineException> pullFailure = Optional.empty();
  final ImageSummary image =
      new ImageSummary(
          ID,
          DIGEST,
          List.of("docker.io/library/busybox:latest", "localhost:5000/team/box:1.2"),
          Platform.parse("linux/amd64"),
          4096,
          Optional.of(Instant.parse("2025-05-05T00:00:00Z")));

  @Override
  public List<ImageSummary> list() {
    return List.of(image);
  }

  @Override
  public Optional<ImageSummary> find(String reference) {
    boolean byId = reference.equals(ID) || reference.equals(DIGEST) || reference.equals("1d1d1d1d");
    return Optional.of(image)
        .filter(i -> byId || i.references().contains(Reference.parse(reference).toString()));
  }

  @Override
  public ImageSummary pull(
      String reference,
      Optional<Platform> platform,
      Optional<Login> login,
      Consumer<PullEvent> progress) {
    login.ifPresent(l -> calls.add("as " + l));
    return pull(reference, platform, progress);
  }

  @Override
  public String push(String reference, Optional<Login> login, Consumer<PushEvent> progress) {
    login.ifPresent(l -> calls.add("as " + l));
    return push(reference, progress);
  }

  @Override
  public void authenticate(String registry, Login login) {
    if (!login.equals(new Login.Password("me", "secret"))) {
      throw new EngineException(Kind.UNAUTHORIZED, "the registry does not take this login");
    }
    calls.add("login to " + registry);
  }

  @Override
  public ImageSummary pull(
      String reference, Optional<Platform> platform, Consumer<PullEvent> progress) {
    calls.add("pull " + reference + platform.map(p -> " " + p).orElse(""));
    progress.accept(new PullEvent.Resolving(reference));
    pullFailure.filter(e -> e.kind() == Kind.NOT_FOUND).ifPresent(FakeImages::fail);
    progress.accept(
        new PullEvent.Resolved(reference, DIGEST, List.of(new PullEvent.Layer(LAYER, 100))));
    progress.accept(new PullEvent.Downloading(LAYER, 50, 100));
    pullFailure.ifPresent(FakeImages::fail);
    progress.accept(new PullEvent.Downloaded(LAYER, false));
    progress.accept(new PullEvent.Done(reference, DIGEST));
    return image;
  }

  private static void fail(EngineException e) {
    throw e;
  }

  @Override
  public String inspectJson(String reference) {
    return """
        {"config": {"created": "2025-05-05T00:00:00Z", "rootfs": {"type": "layers", "diff_ids": ["%s"]},
         "config": {"Env": ["PATH=/bin", "A=1"], "Cmd": ["sh"], "Labels": {"from": "image"}}},
         "manifest": {"mediaType": "application/vnd.oci.image.manifest.v1+json"}}"""
        .formatted(LAYER);
  }

  @Override
  public List<String> remove(String reference, boolean force) {
    calls.add("remove " + reference + " " + force);
    return List.of("Untagged: busybox:latest", "Deleted: " + ID);
  }

  @Override
  public void tag(String reference, String newReference) {
    calls.add("tag " + reference + " " + newReference);
  }

  @Override
  public String push(String reference, Consumer<PushEvent> progress) {
    calls.add("push " + reference);
    progress.accept(new PushEvent.Sent(Digest.parse(LAYER), 100));
    return DIGEST;
  }

  @Override
  public void save(List<String> references, OutputStream target) {
    try {
      target.write(("saved " + references).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> load(InputStream archive) {
    try {
      calls.add("load " + new String(archive.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("docker.io/library/busybox:latest", ID);
  }

  @Override
  public String importRoot(
      InputStream archive, Optional<String> reference, String comment, List<String> changes) {
    try {
      calls.add(
          "import %s %s %s %s"
              .formatted(
                  new String(archive.readAllBytes(), StandardCharsets.UTF_8),
                  reference.orElse(""),
                  comment,
                  changes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DIGEST;
  }

  @Override
  public List<HistoryStep> history(String reference) {
    return List.of(
        new HistoryStep(DIGEST, Optional.of(Instant.EPOCH), "CMD sh", 0, "c", image.references()),
        new HistoryStep("", Optional.empty(), "ADD x", 100, "", List.of()));
  }

  @Override
  public Pruned prune(boolean all, Predicate<ImageSummary> filter) {
    calls.add("prune " + all + " " + filter.test(image));
    return new Pruned(List.of("Deleted: " + ID), 4096);
  }
}
