package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineInfo;
import dev.containertui.engine.api.ApiVersion;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.engine.api.own.Facts;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Who answers here, and what it is. */
final class SystemRoutes {
  private final Engine engine;

  SystemRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Routes routes) {
    routes.get("/_ping", this::ping);
    routes.head("/_ping", this::ping);
    routes.get("/version", this::version);
    routes.get("/info", this::info);
    routes.post("/auth", this::auth);
  }

  private void ping(Request request) throws IOException {
    request.exchange().setHeader("Cache-Control", "no-cache, no-store, must-revalidate");
    request.exchange().setHeader("Pragma", "no-cache");
    request.exchange().setHeader("Builder-Version", "1");
    request.exchange().setHeader("Swarm", "inactive");
    request.answerText("OK");
  }

  private void version(Request request) throws IOException {
    EngineInfo info = engine.info();
    ObjectNode json = Json.object();
    json.putObject("Platform").put("Name", "container-tui");
    ObjectNode component = json.putArray("Components").addObject();
    component.put("Name", "Engine").put("Version", release(info));
    component
        .putObject("Details")
        .put("ApiVersion", ApiVersion.CURRENT.toString())
        .put("MinAPIVersion", ApiVersion.MINIMUM.toString())
        .put("Os", "linux")
        .put("Arch", architecture())
        .put("KernelVersion", info.kernelRelease())
        .put("Java", Runtime.version().toString());
    if (!info.hypervisorVersion().isEmpty()) {
      ObjectNode hypervisor = ((ArrayNode) json.get("Components")).addObject();
      hypervisor.put("Name", info.hypervisor()).put("Version", info.hypervisorVersion());
      hypervisor.putObject("Details").put("Accelerator", info.accelerator());
    }
    json.put("Version", release(info))
        .put("ApiVersion", ApiVersion.CURRENT.toString())
        .put("MinAPIVersion", ApiVersion.MINIMUM.toString())
        .put("GitCommit", "")
        .put("GoVersion", "")
        .put("Os", "linux")
        .put("Arch", architecture())
        .put("KernelVersion", info.kernelRelease())
        .put("Experimental", false)
        .put("BuildTime", "");
    request.answer(json);
  }

  /** What it is like, and what it is: semantic versions take the latter for a build's name. */
  private static String release(EngineInfo info) {
    return ApiVersion.DOCKER_RELEASE + "+container-tui." + info.version();
  }

  /** As Go calls the host's processor. */
  static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }

  private void info(Request request) throws IOException {
    EngineInfo info = engine.info();
    ObjectNode json = Json.object();
    json.put("ID", info.id())
        .put("Containers", info.containers())
        .put("ContainersRunning", info.running())
        .put("ContainersPaused", info.paused())
        .put("ContainersStopped", info.containers() - info.running() - info.paused())
        .put("Images", info.images())
        .put("Driver", "ext4-overlay");
    json.putArray("DriverStatus");
    ObjectNode plugins = json.putObject("Plugins");
    plugins.set("Volume", Json.array().add("local"));
    plugins.set("Network", Json.array().add("bridge"));
    plugins.putNull("Authorization");
    plugins.set("Log", Json.array().add("json-file"));
    json.put("MemoryLimit", true)
        .put("SwapLimit", false)
        .put("CpuCfsPeriod", true)
        .put("CpuCfsQuota", true)
        .put("CPUShares", false)
        .put("CPUSet", false)
        .put("PidsLimit", false)
        .put("IPv4Forwarding", true)
        .put("Debug", false)
        .put("NFd", -1)
        .put("OomKillDisable", false)
        .put("NGoroutines", 0)
        .put("SystemTime", Json.time(Instant.now()))
        .put("LoggingDriver", "json-file")
        .put("CgroupDriver", "none")
        .put("CgroupVersion", "2")
        .put("NEventsListener", 0)
        .put("KernelVersion", info.kernelRelease())
        .put("OperatingSystem", info.operatingSystem())
        .put("OSVersion", "")
        .put("OSType", "linux")
        .put(
            "Architecture",
            System.getProperty("os.arch").equals("amd64")
                ? "x86_64"
                : System.getProperty("os.arch"))
        .put("IndexServerAddress", "https://index.docker.io/v1/");
    ObjectNode registry = json.putObject("RegistryConfig");
    registry.putArray("InsecureRegistryCIDRs").add("127.0.0.0/8");
    registry.putObject("IndexConfigs");
    registry.putArray("Mirrors");
    json.put("NCPU", info.cpus())
        .put("MemTotal", info.memoryBytes())
        .putNull("GenericResources")
        .put("DockerRootDir", info.data().toString())
        .put("HttpProxy", "")
        .put("HttpsProxy", "")
        .put("NoProxy", "")
        .put("Name", hostName())
        .put("ServerVersion", release(info))
        .put("ExperimentalBuild", false);
    json.putArray("Labels");
    json.putObject("Runtimes").putObject("vm").put("path", info.hypervisor());
    json.put("DefaultRuntime", "vm")
        .put("LiveRestoreEnabled", true)
        .put("Isolation", "")
        .put("InitBinary", "");
    json.putObject("Swarm").put("NodeID", "").put("LocalNodeState", "inactive");
    json.putObject("ContainerdCommit").put("ID", "");
    json.putObject("RuncCommit").put("ID", "");
    json.putObject("InitCommit").put("ID", "");
    json.putArray("SecurityOptions").add("name=machine-per-container");
    json.putArray("CDISpecDirs");
    json.putArray("Warnings");
    json.set(ContainerTui.FIELD, Facts.write(info));
    request.answer(json);
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "localhost"; // Not a Linux.
    }
  }

  /** Whether a login is good; who keeps it is the client. */
  private void auth(Request request) throws IOException {
    ObjectNode config = request.json();
    Login login =
        RegistryAuth.of(config)
            .orElseThrow(() -> new Failure(400, "neither a name nor a token is given"));
    String address = config.path("serveraddress").asText();
    engine.images().authenticate(registry(address), login);
    request.answer(Json.object().put("Status", "Login Succeeded").put("IdentityToken", ""));
  }

  /** Clients write an address with scheme and path; that of Docker Hub is another than its name. */
  private static String registry(String address) {
    String host = address.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    return host.isEmpty() || host.equals("index.docker.io") ? Reference.DOCKER_HUB : host;
  }
}
