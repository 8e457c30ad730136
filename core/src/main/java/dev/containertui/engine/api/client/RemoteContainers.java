package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.Unsupported;
import dev.containertui.engine.ContainerSummary;
import dev.containertui.engine.Containers;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.engine.api.own.OwnFields;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/** The containers of a remote engine. */
final class RemoteContainers implements Containers {
  private final ApiClient api;
  private final Changes changes;
  private final boolean coldBoot;

  /**
   * @param coldBoot whether the machines of all containers that are made here boot: the engine may
   *     have been started by somebody who wants it otherwise
   */
  RemoteContainers(ApiClient api, Changes changes, boolean coldBoot) {
    this.api = api;
    this.changes = changes;
    this.coldBoot = coldBoot;
  }

  @Override
  public Container create(ContainerSpec spec) {
    HttpUrl.Builder url = ApiClient.url("containers", "create");
    spec.name().ifPresent(name -> url.addQueryParameter("name", name));
    spec.platform().ifPresent(p -> url.addQueryParameter("platform", p.toString()));
    String id = Json.text(api.post(url, CreateRequest.body(spec, coldBoot)), "Id");
    changes.happened();
    return find(id)
        .orElseThrow(
            () -> new EngineException(Kind.NOT_FOUND, "container " + id + " is gone again"));
  }

  @Override
  public List<Container> list(boolean all) {
    return List.copyOf(listed(all));
  }

  /** Of the list's one answer: asking each container would be a request for each. */
  @Override
  public List<ContainerSummary> summaries(boolean all) {
    return listed(all).stream().map(RemoteContainer::summary).toList();
  }

  private List<RemoteContainer> listed(boolean all) {
    long change = changes.count();
    List<RemoteContainer> containers = new ArrayList<>();
    for (JsonNode json :
        api.get(ApiClient.url("containers", "json").addQueryParameter("all", all ? "1" : "0"))) {
      Optional<ContainerFacts> facts = DockerContainer.listed(json);
      if (facts.isPresent()) {
        containers.add(new RemoteContainer(api, changes, facts.get(), change));
      } else {
        inspect(Json.text(json, "Id")).ifPresent(containers::add);
      }
    }
    return containers;
  }

  @Override
  public Optional<Container> find(String nameOrId) {
    return inspect(nameOrId).map(Container.class::cast);
  }

  private Optional<RemoteContainer> inspect(String nameOrId) {
    if (nameOrId.isEmpty()) {
      return Optional.empty();
    }
    long change = changes.count();
    try {
      JsonNode json = api.get(ApiClient.url("containers", nameOrId, "json"));
      return Optional.of(
          new RemoteContainer(api, changes, DockerContainer.inspected(json), change));
    } catch (EngineException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Map<String, ContainerStats> stats() {
    Map<String, ContainerStats> samples = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<ContainerStats>> asked = new LinkedHashMap<>();
      for (Container container : list(false)) {
        // The list has started an engine if one was to be; these threads only look.
        asked.put(container.id(), threads.submit(() -> ApiClient.watch(container::stats)));
      }
      try {
        for (Map.Entry<String, Future<ContainerStats>> entry : asked.entrySet()) {
          collect(entry.getKey(), entry.getValue(), samples);
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new EngineException(Kind.CANCELLED, "cancelled", e);
      }
    }
    return samples;
  }

  private static void collect(
      String id, Future<ContainerStats> asked, Map<String, ContainerStats> samples)
      throws InterruptedException {
    try {
      samples.put(id, asked.get());
    } catch (ExecutionException e) {
      boolean ended =
          e.getCause() instanceof EngineException failure
              && (failure.kind() == Kind.CONFLICT || failure.kind() == Kind.NOT_FOUND);
      if (!ended) {
        throw new EngineException(
            Kind.UNAVAILABLE, "no figures of " + id.substring(0, 12), e.getCause());
      }
    }
  }

  @Override
  public Pruned prune(Predicate<Container> filter) {
    if (!api.isOurs()) {
      throw Unsupported.of("removing containers");
    }
    var body = Json.object();
    ArrayNode ids = body.putArray("ids");
    list(true).stream().filter(filter).map(Container::id).forEach(ids::add);
    Pruned pruned =
        Messages.pruned(api.post(ApiClient.url(OwnFields.PATH, "containers", "prune"), body));
    changes.happened();
    return pruned;
  }

  @Override
  public String inspectJson(String nameOrId) {
    return Json.pretty(
        api.isOurs()
            ? api.get(ApiClient.url(OwnFields.PATH, "containers", nameOrId, "inspect"))
            : api.get(ApiClient.url("containers", nameOrId, "json")));
  }
}
