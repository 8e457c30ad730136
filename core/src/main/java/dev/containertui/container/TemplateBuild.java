package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.MacAddress;
import dev.containertui.template.Template;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.MachineCloning;
import dev.containertui.vm.VmSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Makes the template of a shape without a container. */
public final class TemplateBuild {
  private static final Path NONE = Path.of("/");

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
    Path runtime = supplies.runtimeDirectory().resolve("template-" + id);
    try {
      MachineStart.makeRuntimeDirectory(runtime);
      // Identity looks for no disks; the maker brings its own.
      VmSpec spec =
          MachineBoot.spec(
              id,
              runtime,
              MachineStart.shape(supplies.bootFiles(like.kernel()), size),
              NONE,
              NONE,
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
}
