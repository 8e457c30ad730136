package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostProcesses;
import dev.containertui.host.OwnerLock;
import dev.containertui.network.MacAddress;
import dev.containertui.template.Template;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.MachineCloning;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes the template of a shape without a container. */
public final class TemplateBuild {
  private static final Path NONE = Path.of("/");
  private static final String DIRECTORY = "template-";
  private static final String LOCK = "owner.lock";

  private TemplateBuild() {}

  /**
   * The template that a container like this one would be started from; made if it is not there.
   *
   * @param like only its CPUs, memory and kernel count
   * @throws EngineException UNAVAILABLE, CONFLICT if somebody else is making it, INVALID, CANCELLED
   */
  public static Template build(ContainerSpec like, ContainerSupplies supplies) {
    Hypervisor hypervisor = supplies.hypervisor();
    MachineCloning cloning =
        hypervisor
            .cloning()
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.UNAVAILABLE, hypervisor.name() + " cannot clone machines"));
    MachineSize size = MachineSize.of(like, supplies);
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    Path runtime =
        MachineStart.makeRuntimeDirectory(supplies.runtimeDirectory().resolve(DIRECTORY + id));
    try (OwnerLock _ = own(runtime)) {
      // Identity looks for no disks; the maker brings its own.
      VmSpec spec =
          MachineBoot.spec(
              id,
              runtime,
              MachineStart.shape(supplies.bootFiles(like.kernel()), size, List.of()),
              NONE,
              NONE,
              List.of(),
              MacAddress.of(id));
      List<String> identity = cloning.identity(spec);
      return supplies
          .templates()
          .find(identity)
          .or(() -> MachineBoot.maker(supplies, cloning).make(spec))
          .or(() -> supplies.templates().find(identity))
          .orElseThrow(
              () ->
                  new EngineException(
                      Kind.CONFLICT,
                      "this template is being made by another start",
                      "try again in a few seconds"));
    } finally {
      MachineStart.deleteQuietly(runtime);
    }
  }

  private static OwnerLock own(Path runtime) {
    return OwnerLock.tryTake(runtime.resolve(LOCK))
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.CONFLICT,
                    "the new directory " + runtime + " was taken by another program"));
  }

  /** Removes what killed makers have left behind in a runtime directory, with their machines. */
  static void sweep(Path runtimeDirectory) throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(runtimeDirectory, DIRECTORY + "*")) {
      for (Path entry : entries) {
        Optional<OwnerLock> lock = OwnerLock.tryTake(entry.resolve(LOCK));
        if (lock.isPresent()) {
          try (OwnerLock _ = lock.get()) {
            HostProcesses.mentioning(entry + "/").forEach(HostProcesses::kill);
            MachineStart.deleteQuietly(entry);
          }
        }
      }
    }
  }
}
