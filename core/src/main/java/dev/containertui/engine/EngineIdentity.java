package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.error.DiskErrors;
import dev.containertui.host.DurableFiles;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.qemu.HostMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What an engine says of itself. */
final class EngineIdentity {
  private static final String FILE = "engine.id";
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  private static final int MAX_BYTES = 4096;

  private final Path data;
  private final Instant startedAt = Instant.now();

  EngineIdentity(Path data) {
    this.data = data;
  }

  EngineInfo info(List<Container> containers, int images, Hypervisor hypervisor) {
    Hypervisor.Availability availability = hypervisor.available();
    return new EngineInfo(
        id(),
        Optional.ofNullable(EngineIdentity.class.getPackage().getImplementationVersion())
            .orElse("unknown"),
        ProcessHandle.current().pid(),
        startedAt,
        data,
        containers.size(),
        count(containers, ContainerState.Running.class),
        count(containers, ContainerState.Paused.class),
        images,
        Runtime.getRuntime().availableProcessors(),
        Math.max(0, HostMemory.now().totalBytes()),
        System.getProperty("os.version"),
        operatingSystem(),
        hypervisor.name(),
        availability.version(),
        availability.accelerator());
  }

  private static int count(List<Container> containers, Class<? extends ContainerState> state) {
    return (int) containers.stream().filter(c -> state.isInstance(c.state())).count();
  }

  /** Made when it is first asked for. */
  private synchronized String id() {
    Path file = data.resolve(FILE);
    try {
      String known = read(file).strip();
      if (ID.matcher(known).matches()) {
        return known;
      }
      String fresh = UUID.randomUUID().toString();
      DurableFiles.createPrivate(data);
      DurableFiles.replace(file, (fresh + "\n").getBytes(StandardCharsets.UTF_8));
      return fresh;
    } catch (IOException e) {
      throw DiskErrors.of("cannot keep the engine's id", file, e);
    }
  }

  /** The PRETTY_NAME of os-release(5), else the kernel's name. */
  private static String operatingSystem() {
    try {
      return read(Path.of("/etc/os-release"))
          .lines()
          .filter(line -> line.startsWith("PRETTY_NAME="))
          .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
          .findFirst()
          .orElse(System.getProperty("os.name"));
    } catch (IOException e) {
      return System.getProperty("os.name");
    }
  }

  /** The beginning of a file; empty if it does not exist. */
  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
