package dev.containertui.template;

import dev.containertui.agent.AgentConnection;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.SparseFiles;
import dev.containertui.network.UserNetwork;
import dev.containertui.vm.MachineCloning;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Attachments;
import dev.containertui.vm.VmSpec.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a template: boots a machine, has it prepare all that is the same for every container, and
 * keeps it.
 *
 * <pre>
 *   startToKeep ─▶ HELLO ─▶ PREPARE ─▶ hang up ─▶ let it come to rest ─▶ keep ─▶ read through, publish
 * </pre>
 */
public final class TemplateMaker {
  /** A maker that was killed leaves a machine that ends by itself after this. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration BOOT_DEADLINE = Duration.ofSeconds(60);
  private static final Duration STEP_DEADLINE = Duration.ofSeconds(30);

  /**
   * What the kernel does after an answer, clones would each do again: ending RCU grace periods,
   * committing the journal's first transaction.
   */
  private static final Duration REST = Duration.ofMillis(150);

  /**
   * Stands for the image's disk. The guest learns a disk's size only once, so it is larger than any
   * image; the file system on it knows its own size.
   */
  private static final long PLACEHOLDER_BYTES = 1L << 40;

  /** Memory that a machine writes before it is kept, and some reserve. */
  private static final long NEEDED_BYTES = 512L << 20;

  private final TemplateStore store;
  private final MachineCloning cloning;
  private final String accelerator;
  private final Consumer<Path> writableDisk;

  /**
   * @param writableDisk makes an empty writable disk
   */
  public TemplateMaker(
      TemplateStore store,
      MachineCloning cloning,
      String accelerator,
      Consumer<Path> writableDisk) {
    this.store = store;
    this.cloning = cloning;
    this.accelerator = accelerator;
    this.writableDisk = writableDisk;
  }

  /**
   * Makes the template that a machine like this one can be cloned from.
   *
   * @param like its first disk is the image's, its second the writable one; only their serials
   *     count
   * @return empty if somebody else is making it, or has just made it
   * @throws EngineException if it cannot be made; nothing is left then
   */
  public Optional<Template> make(VmSpec like) {
    List<String> identity = cloning.identity(like);
    Optional<TemplateStore.Making> begun = store.begin(identity);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    try (TemplateStore.Making making = begun.get()) {
      return Optional.of(make(like, making));
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the template cannot be written: " + e.getMessage(), e);
    }
  }

  private Template make(VmSpec like, TemplateStore.Making making) throws IOException {
    Path directory = making.directory();
    requireSpace(directory);
    List<Disk> disks = like.attachments().disks();
    Disk root = disks.get(0);
    Disk upper = disks.get(1);
    Path placeholder = directory.resolve("placeholder");
    SparseFiles.create(placeholder, PLACEHOLDER_BYTES);
    writableDisk.accept(directory.resolve(TemplateStore.UPPER_DISK));
    VmSpec spec =
        new VmSpec(
            like.id(),
            like.runtimeDirectory(),
            like.shape(),
            new Attachments(
                List.of(
                    new Disk(placeholder, root.serial(), root.readOnly()),
                    new Disk(
                        directory.resolve(TemplateStore.UPPER_DISK),
                        upper.serial(),
                        upper.readOnly())),
                like.attachments().nics()));
    String kernelRelease;
    try (VirtualMachine machine = cloning.startToKeep(spec, directory)) {
      kernelRelease = prepare(machine, root.serial(), upper.serial());
      rest();
      cloning.keep(machine, directory);
    }
    Files.delete(placeholder);
    VmSpec.MachineShape shape = like.shape();
    return making.publish(cloning, kernelRelease, accelerator, shape.vcpus(), shape.memoryBytes());
  }

  private static String prepare(VirtualMachine machine, String root, String upper) {
    try (AgentConnection agent =
        AgentConnection.open(machine.openAgentChannel(), LEASE, BOOT_DEADLINE)) {
      agent.prepare(
          root, upper, UserNetwork.addressWithPrefix(), UserNetwork.GATEWAY, STEP_DEADLINE);
      return agent.hello().kernelRelease();
    }
  }

  private static void rest() {
    try {
      Thread.sleep(REST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "making the template was cancelled", e);
    }
  }

  private static void requireSpace(Path directory) throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    if (usable < NEEDED_BYTES) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "too little disk space for a template in %s: %d MiB"
              .formatted(directory.getParent(), usable >> 20),
          "free some disk space; until then machines boot");
    }
  }
}
