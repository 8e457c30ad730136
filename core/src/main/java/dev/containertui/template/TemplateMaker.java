package dev.containertui.template;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.MachinePreparation;
import dev.containertui.agent.ReadAhead;
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
import java.util.ArrayList;
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
   * The last rest before containers: what the kernel puts off by a second after a network interface
   * has appeared (linkwatch), and again after the machine is up, is over then, too.
   */
  private static final Duration LAST_REST = Duration.ofMillis(500);

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
    return publish(cloning.identity(like), like, making -> boot(like, making));
  }

  /**
   * What templates depend on besides their shape if the writable disk is one that has been written:
   * its size, which the guest learns only once.
   */
  public List<String> usedDiskIdentity(VmSpec like) {
    List<String> identity = new ArrayList<>(cloning.identity(like));
    identity.add("any writable disk of " + upperBytes(like) + " bytes");
    return identity;
  }

  private static long upperBytes(VmSpec like) {
    Path upper = like.attachments().disks().get(1).image();
    try {
      return Files.size(upper);
    } catch (IOException e) {
      throw new EngineException(Kind.NOT_FOUND, upper + " cannot be read", e);
    }
  }

  /**
   * Makes a template whose clones can have any writable disk of the same size: it has mounted none.
   *
   * @param like its second disk is a writable one that has been written
   * @return as {@link #make}
   */
  public Optional<Template> makeForUsedDisk(VmSpec like) {
    return publish(
        usedDiskIdentity(like),
        like,
        making -> {
          SparseFiles.create(
              making.directory().resolve(TemplateStore.UPPER_DISK), upperBytes(like));
          return boot(like, making, false);
        });
  }

  /** What templates of one image depend on besides their shape. */
  public List<String> imageIdentity(VmSpec like) {
    Path root = like.attachments().disks().getFirst().image();
    try {
      List<String> identity = new ArrayList<>(cloning.identity(like));
      identity.add(TemplateStore.rootLine(root));
      return identity;
    } catch (IOException e) {
      throw new EngineException(Kind.NOT_FOUND, root + " cannot be read", e);
    }
  }

  /**
   * Makes the template of one image: a clone of its shape's template that has the image's disk
   * mounted and joined with the writable one.
   *
   * @param like its first disk is the image's
   * @param program what containers of this image will probably run
   * @return as {@link #make}
   */
  public Optional<Template> makeForImage(VmSpec like, Template shape, Optional<ReadAhead> program) {
    return publish(imageIdentity(like), like, making -> goOn(like, shape, making, program));
  }

  /** Brings a machine up, prepares and keeps it; the release of its kernel. */
  private interface Way {
    String keep(TemplateStore.Making making) throws IOException;
  }

  private Optional<Template> publish(List<String> identity, VmSpec like, Way way) {
    Optional<TemplateStore.Making> begun = store.begin(identity);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    try (TemplateStore.Making making = begun.get()) {
      requireSpace(making.directory());
      String kernelRelease = way.keep(making);
      return Optional.of(
          making.publish(
              cloning,
              kernelRelease,
              accelerator,
              like.shape().vcpus(),
              like.shape().memoryBytes()));
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the template cannot be written: " + e.getMessage(), e);
    }
  }

  private String boot(VmSpec like, TemplateStore.Making making) throws IOException {
    writableDisk.accept(making.directory().resolve(TemplateStore.UPPER_DISK));
    return boot(like, making, true);
  }

  private String boot(VmSpec like, TemplateStore.Making making, boolean mountUpper)
      throws IOException {
    Path directory = making.directory();
    Path placeholder = directory.resolve("placeholder");
    SparseFiles.create(placeholder, PLACEHOLDER_BYTES);
    VmSpec spec = withDisks(like, placeholder, directory);
    String kernelRelease;
    try (VirtualMachine machine = cloning.startToKeep(spec, directory)) {
      kernelRelease = prepare(machine, preparation(spec, mountUpper, false, Optional.empty()));
      rest(REST);
      cloning.keep(machine, directory);
    }
    Files.delete(placeholder);
    return kernelRelease;
  }

  private static MachinePreparation preparation(
      VmSpec spec, boolean mountUpper, boolean join, Optional<ReadAhead> program) {
    List<Disk> disks = spec.attachments().disks();
    return new MachinePreparation(
        disks.get(0).serial(),
        mountUpper ? Optional.of(disks.get(1).serial()) : Optional.empty(),
        UserNetwork.addressWithPrefix(),
        UserNetwork.GATEWAY,
        join,
        program);
  }

  private String goOn(
      VmSpec like, Template shape, TemplateStore.Making making, Optional<ReadAhead> program) {
    Path directory = making.directory();
    making.copyOf(shape, cloning);
    VmSpec spec = withDisks(like, like.attachments().disks().getFirst().image(), directory);
    try (VirtualMachine machine = cloning.goOnToKeep(spec, directory)) {
      String kernelRelease = prepare(machine, preparation(spec, true, true, program));
      rest(LAST_REST);
      cloning.keep(machine, directory);
      return kernelRelease;
    }
  }

  private static VmSpec withDisks(VmSpec like, Path rootImage, Path directory) {
    Disk root = like.attachments().disks().get(0);
    Disk upper = like.attachments().disks().get(1);
    return new VmSpec(
        like.id(),
        like.runtimeDirectory(),
        like.shape(),
        new Attachments(
            List.of(
                new Disk(rootImage, root.serial(), root.readOnly()),
                new Disk(
                    directory.resolve(TemplateStore.UPPER_DISK), upper.serial(), upper.readOnly())),
            like.attachments().nics()));
  }

  private static String prepare(VirtualMachine machine, MachinePreparation preparation) {
    try (AgentConnection agent =
        AgentConnection.open(machine.openAgentChannel(), LEASE, BOOT_DEADLINE)) {
      agent.prepare(preparation, STEP_DEADLINE);
      return agent.hello().kernelRelease();
    }
  }

  private static void rest(Duration rest) {
    try {
      Thread.sleep(rest);
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
