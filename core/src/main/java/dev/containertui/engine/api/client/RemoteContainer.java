package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.CommitSpec;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerFiles;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.Health;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogStream;
import dev.containertui.container.MachineFacts;
import dev.containertui.container.ProcessSpec;
import dev.containertui.container.ResourceUpdate;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.ContainerSummary;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * A container of a remote engine. What never changes is remembered; what does is asked for anew,
 * unless this object has asked within the last {@value #FRESH_MILLIS} ms and nothing is known to
 * have happened since. Of a removed one the last that was known is told.
 */
final class RemoteContainer implements Container {
  private static final long FRESH_MILLIS = 50;

  private final ApiClient api;
  private final Changes changes;
  private final String id;
  private volatile Snapshot snapshot;
  private final MainProcesses processes;

  private record Snapshot(ContainerFacts facts, boolean removed, long change, long takenNanos) {}

  RemoteContainer(ApiClient api, Changes changes, ContainerFacts facts, long change) {
    this.api = api;
    this.changes = changes;
    this.id = facts.id();
    this.snapshot = new Snapshot(facts, false, change, System.nanoTime());
    this.processes = new MainProcesses(api, this);
  }

  HttpUrl.Builder url(String... more) {
    HttpUrl.Builder url = ApiClient.url("containers", id);
    for (String segment : more) {
      url.addPathSegment(segment);
    }
    return url;
  }

  /** What there is to know, not older than it may be. */
  ContainerFacts facts() {
    Snapshot last = snapshot;
    if (last.removed) { // It does not come back; but how it ended may have come to be known.
      return processes.lastKnown(last.facts);
    }
    boolean fresh =
        last.change == changes.count()
            && System.nanoTime() - last.takenNanos < Duration.ofMillis(FRESH_MILLIS).toNanos();
    return fresh ? last.facts : refreshed();
  }

  /** The same, asked for now. */
  ContainerFacts refreshed() {
    long change = changes.count();
    try {
      ContainerFacts facts = DockerContainer.inspected(api.get(url("json")));
      snapshot = new Snapshot(facts, false, change, System.nanoTime());
      return facts;
    } catch (EngineException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        ContainerFacts last = processes.lastKnown(snapshot.facts);
        snapshot = new Snapshot(last, true, change, System.nanoTime());
        return last;
      }
      throw e;
    }
  }

  /** What was known when it was last asked. */
  ContainerSummary summary() {
    ContainerFacts facts = snapshot.facts;
    return new ContainerSummary(
        this,
        id,
        facts.name(),
        facts.spec(),
        facts.state(),
        facts.address(),
        facts.health(),
        facts.createdAt(),
        facts.startedAt(),
        facts.restartCount(),
        facts.machine(),
        facts.timeline());
  }

  boolean isFramed() {
    return spec().terminal().isEmpty();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return facts().name();
  }

  @Override
  public ContainerSpec spec() {
    return snapshot.facts.spec();
  }

  @Override
  public Instant createdAt() {
    return snapshot.facts.createdAt();
  }

  @Override
  public String imageDigest() {
    return snapshot.facts.imageDigest();
  }

  @Override
  public List<String> command() {
    return snapshot.facts.command();
  }

  @Override
  public ContainerState state() {
    return facts().state();
  }

  @Override
  public boolean isRemoved() {
    facts();
    return snapshot.removed;
  }

  @Override
  public Optional<String> address() {
    return facts().address();
  }

  @Override
  public Optional<MachineFacts> machine() {
    return facts().machine();
  }

  @Override
  public Optional<Instant> startedAt() {
    return facts().startedAt();
  }

  @Override
  public Optional<Instant> finishedAt() {
    return facts().finishedAt();
  }

  @Override
  public int restartCount() {
    return facts().restartCount();
  }

  @Override
  public Optional<Health> health() {
    return facts().health();
  }

  @Override
  public BootTimeline bootTimeline() {
    return facts().timeline();
  }

  @Override
  public ContainerProcess start() {
    try {
      return processes.start();
    } finally {
      changes.happened();
    }
  }

  @Override
  public Optional<ContainerProcess> process() {
    return processes.current();
  }

  @Override
  public Attachment attach(boolean replay) {
    return new RemoteAttachment(api, this, replay);
  }

  /** The input and both outputs. */
  Hijacked hijackAttach(boolean replay) {
    return api.hijack(attachUrl(true, true, true, replay));
  }

  Hijacked hijackOutput(boolean out, boolean err, boolean replay) {
    return api.hijack(attachUrl(false, out, err, replay));
  }

  private HttpUrl.Builder attachUrl(boolean in, boolean out, boolean err, boolean replay) {
    return url("attach")
        .addQueryParameter("stream", "1")
        .addQueryParameter("stdin", flag(in))
        .addQueryParameter("stdout", flag(out))
        .addQueryParameter("stderr", flag(err))
        .addQueryParameter("logs", flag(replay))
        .addQueryParameter(ContainerTui.FIELD, "1");
  }

  /**
   * Standard input of the main process, over a connection of its own.
   *
   * @param run when the run began that is meant, so that it is no later one's
   * @throws EngineException CONFLICT if that run is over; NOT_FOUND if the container is gone
   */
  OutputStream attachInput(Instant run) {
    Hijacked connection =
        api.hijack(
            attachUrl(true, false, false, false)
                .addQueryParameter(OwnFields.RUN_PARAMETER, run.toString()));
    // What comes back, if anything, is read so that the engine can always write and the end is
    // seen.
    Thread.ofVirtual()
        .name("stdin-" + shortId())
        .start(
            () -> {
              try (connection;
                  var records = new RecordStream(connection.input(), false, connection::close)) {
                while (records.next().isPresent()) {}
              } catch (EngineException e) {
                // The connection is gone; who writes meets that as well.
              }
            });
    return new SentOutput(connection.output());
  }

  private static String flag(boolean on) {
    return on ? "1" : "0";
  }

  @Override
  public LogStream logs(LogQuery query) {
    HttpUrl.Builder url =
        url("logs")
            .addQueryParameter("stdout", flag(query.out()))
            .addQueryParameter("stderr", flag(query.err()))
            .addQueryParameter("follow", flag(query.follow()))
            .addQueryParameter("timestamps", "1");
    query.since().ifPresent(at -> url.addQueryParameter("since", seconds(at)));
    query.until().ifPresent(at -> url.addQueryParameter("until", seconds(at)));
    url.addQueryParameter(
        "tail", query.tail().isPresent() ? Long.toString(query.tail().getAsLong()) : "all");
    return new StampedStream(api.records(url, isFramed()));
  }

  static String seconds(Instant at) {
    return String.format(Locale.ROOT, "%d.%09d", at.getEpochSecond(), at.getNano());
  }

  @Override
  public ContainerFiles files() {
    return new RemoteFiles(api, id);
  }

  @Override
  public ContainerProcess exec(ProcessSpec spec) {
    return RemoteExecProcess.start(api, this, spec);
  }

  @Override
  public ContainerStats stats() {
    return Samples.of(
        api.get(url("stats").addQueryParameter("stream", "0").addQueryParameter("one-shot", "1")));
  }

  @Override
  public List<GuestProcess> processes() {
    return Samples.processes(
        api.get(url("top").addQueryParameter("ps_args", "-eo pid,ppid,uid,s,time,rss,args")));
  }

  @Override
  public void restart(Optional<Duration> grace) {
    HttpUrl.Builder url = url("restart");
    grace.ifPresent(time -> url.addQueryParameter("t", wholeSeconds(time)));
    change(url);
  }

  @Override
  public void stop(Duration grace) {
    change(url("stop").addQueryParameter("t", wholeSeconds(grace)));
  }

  /** The API has no parts of a second: more is better than less. */
  private static String wholeSeconds(Duration time) {
    return Long.toString(time.plusNanos(999_999_999).toSeconds());
  }

  @Override
  public void pause() {
    change(url("pause"));
  }

  @Override
  public void unpause() {
    change(url("unpause"));
  }

  @Override
  public void rename(String newName) {
    change(url("rename").addQueryParameter("name", newName));
  }

  @Override
  public void kill(int signalNumber) {
    change(url("kill").addQueryParameter("signal", Integer.toString(signalNumber)));
  }

  void resize(TerminalSize size) {
    api.post(
        url("resize")
            .addQueryParameter("h", Integer.toString(size.rows()))
            .addQueryParameter("w", Integer.toString(size.columns())));
  }

  private void change(HttpUrl.Builder url) {
    try {
      api.post(url);
    } finally {
      changes.happened();
    }
  }

  @Override
  public void update(ResourceUpdate update) {
    ObjectNode body = Json.object();
    update.cpus().ifPresent(cpus -> body.put("NanoCpus", Math.round(cpus * 1e9)));
    update.memoryBytes().ifPresent(bytes -> body.put("Memory", bytes));
    update
        .restartPolicy()
        .ifPresent(policy -> body.set("RestartPolicy", CreateRequest.restartPolicy(policy)));
    api.post(url("update"), body);
    refreshed();
    changes.happened();
  }

  @Override
  public String commit(CommitSpec spec) {
    HttpUrl.Builder url = ApiClient.url("commit").addQueryParameter("container", id);
    spec.reference().ifPresent(reference -> NamedTag.of(reference).addTo(url, "repo"));
    spec.author().ifPresent(author -> url.addQueryParameter("author", author));
    spec.comment().ifPresent(comment -> url.addQueryParameter("comment", comment));
    spec.changes().forEach(line -> url.addQueryParameter("changes", line));
    url.addQueryParameter("pause", flag(spec.pause()));
    JsonNode made = api.post(url, Json.object());
    return Json.optional(made.path(ContainerTui.FIELD), "digest")
        .orElseGet(() -> Json.text(made, "Id"));
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    return processes.awaitEnd();
  }

  @Override
  public int await(WaitCondition condition) throws InterruptedException {
    try {
      return Waiting.on(api, this, condition).exitCode();
    } catch (EngineException e) {
      throw uninterrupted(e);
    } finally {
      changes.happened();
    }
  }

  /** The exception to throw where an interrupt is one of its own. */
  static EngineException uninterrupted(EngineException e) throws InterruptedException {
    if (e.kind() == Kind.CANCELLED && Thread.interrupted()) {
      throw new InterruptedException(e.getMessage());
    }
    return e;
  }

  @Override
  public void remove(boolean force) {
    remove(force, false);
  }

  @Override
  public void remove(boolean force, boolean volumes) {
    try {
      api.delete(
          ApiClient.url("containers", id)
              .addQueryParameter("force", flag(force))
              .addQueryParameter("v", flag(volumes)));
    } finally {
      changes.happened();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RemoteContainer container && container.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return shortId();
  }
}
