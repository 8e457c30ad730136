package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.MachineCloning;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.qemu.QemuCommand.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** Machines as QEMU processes, on an x86-64 Linux host. */
public final class QemuHypervisor implements Hypervisor {
  /**
   * The distribution's kernels die below 80 MiB with an initramfs of a few kilobytes; modules and
   * file system caches need some more.
   */
  public static final long MIN_MEMORY_BYTES = 96L << 20;

  private static final String MEMORY_FILE = "memory";
  private static final String STATE_FILE = "state";
  private static final Path NO_INPUT = Path.of("/dev/null");
  private static final long MEBIBYTE = 1 << 20;
  private static final Duration ADOPTION_LIMIT = Duration.ofSeconds(60);
  private static final int MAX_VCPUS = 255;
  private static final Pattern ID = Pattern.compile("[a-z0-9]{1,32}");
  private static final Pattern SERIAL = Pattern.compile("[a-z0-9-]{1,20}");
  private static final Pattern MAC = Pattern.compile("(?i)[0-9a-f]{2}(:[0-9a-f]{2}){5}");

  private final QemuConfig config;
  private final AcceleratorChoice accelerators;
  private final HostClock clock;
  private final ReentrantLock finding = new ReentrantLock();
  private Optional<QemuBinary> binary = Optional.empty();

  /** For {@link java.util.ServiceLoader}: QEMU on the path, cache in the user's cache directory. */
  public QemuHypervisor() {
    this(
        new QemuConfig(
            Optional.empty(),
            System.getenv().getOrDefault("PATH", ""),
            userCache(),
            Optional::empty));
  }

  public QemuHypervisor(QemuConfig config) {
    this.config = config;
    var cache = new ProbeCache(config.cacheDirectory());
    this.accelerators = new AcceleratorChoice(cache);
    this.clock = new HostClock(cache);
  }

  private static Path userCache() {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path cache =
        xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
    return cache.resolve("container-tui");
  }

  @Override
  public String name() {
    return "qemu";
  }

  @Override
  public Availability available() {
    try {
      QemuBinary qemu = binary();
      AcceleratorChoice.Verdict verdict =
          accelerators
              .withoutTrial()
              .or(() -> config.kernel().get().map(kernel -> accelerators.choose(qemu, kernel)))
              .orElseGet(
                  () ->
                      new AcceleratorChoice.Verdict(
                          Accelerator.KVM,
                          "kvm: /dev/kvm opens; tried out when the first kernel boots"));
      if (verdict.accelerator() == Accelerator.TCG) {
        clock.khz(qemu);
      }
      return new Availability(true, verdict.accelerator().id(), qemu.version(), verdict.reason());
    } catch (EngineException e) {
      String hint = e.hint().isEmpty() ? "" : "; " + e.hint();
      return new Availability(false, "", "", e.getMessage() + hint);
    }
  }

  @Override
  public VirtualMachine start(VmSpec spec) {
    check(spec);
    return launch(spec, new Memory.Own(), NO_INPUT);
  }

  private QemuMachine launch(VmSpec spec, Memory memory, Path input) {
    QemuBinary qemu = binary();
    MachineFiles files = MachineFiles.in(spec.runtimeDirectory());
    List<String> command = QemuCommand.of(qemu, acceleration(qemu, spec), spec, files, memory);
    // QEMU asks for huge pages for all that it has. What a clone does not share is written here and
    // there: most of such a page is for nothing, and it is cleared, or fetched from the host of
    // this
    // host, as a whole.
    boolean smallPages = memory instanceof Memory.Cloned;
    return new QemuLauncher(config.searchPath(), smallPages)
        .launch(command, files, spec.shape().kernel().image(), input);
  }

  private Acceleration acceleration(QemuBinary qemu, VmSpec spec) {
    return switch (accelerators.choose(qemu, spec.shape().kernel()).accelerator()) {
      case KVM -> Acceleration.kvm();
      case TCG -> Acceleration.tcg(clock.khz(qemu));
    };
  }

  @Override
  public VirtualMachine adopt(Path runtimeDirectory, long pid) {
    MachineFiles files = MachineFiles.in(runtimeDirectory);
    var process = new AdoptedProcess(pid);
    try {
      return QemuMachine.adopt(process, files, ADOPTION_LIMIT);
    } catch (IOException e) {
      throw new EngineException(
          process.isAlive() ? Kind.UNAVAILABLE : Kind.NOT_FOUND,
          "the machine " + pid + " cannot be talked to: " + e.getMessage(),
          e);
    }
  }

  @Override
  public Optional<MachineCloning> cloning() {
    return Optional.of(new Cloning());
  }

  /** Templates: a file of memory and a file of devices' states. */
  private final class Cloning implements MachineCloning {
    @Override
    public List<String> files() {
      return List.of(MEMORY_FILE, STATE_FILE);
    }

    @Override
    public List<String> identity(VmSpec spec) {
      QemuBinary qemu = binary();
      checkShape(spec);
      return ShapeIdentity.of(qemu, acceleration(qemu, spec), spec);
    }

    @Override
    public VirtualMachine startToKeep(VmSpec spec, Path template) {
      check(spec);
      return launch(spec, new Memory.Kept(template.resolve(MEMORY_FILE), false), NO_INPUT);
    }

    @Override
    public VirtualMachine goOnToKeep(VmSpec spec, Path template) {
      return restored(spec, new Memory.Kept(template.resolve(MEMORY_FILE), true), template);
    }

    @Override
    public void keep(VirtualMachine machine, Path template) {
      ((QemuMachine) machine).keep(template.resolve(STATE_FILE));
      machine.kill();
    }

    @Override
    public VirtualMachine startFrom(Path template, VmSpec spec) {
      return restored(spec, new Memory.Cloned(template.resolve(MEMORY_FILE)), template);
    }

    private VirtualMachine restored(VmSpec spec, Memory memory, Path template) {
      check(spec);
      QemuMachine machine = launch(spec, memory, template.resolve(STATE_FILE));
      boolean restored = false;
      try {
        machine.restore();
        restored = true;
        return machine;
      } finally {
        if (!restored) {
          machine.close();
        }
      }
    }
  }

  private QemuBinary binary() {
    finding.lock();
    try {
      if (binary.isEmpty()) {
        String architecture = System.getProperty("os.arch");
        if (!architecture.equals("amd64") && !architecture.equals("x86_64")) {
          throw new EngineException(
              Kind.UNAVAILABLE,
              "machines with QEMU need an x86-64 host, this one is "
                  + architecture.toLowerCase(Locale.ROOT));
        }
        binary = Optional.of(QemuBinary.find(config));
      }
      return binary.get();
    } finally {
      finding.unlock();
    }
  }

  private static void checkShape(VmSpec spec) {
    require(ID.matcher(spec.id()).matches(), "not a machine id: " + spec.id());
    VmSpec.MachineShape shape = spec.shape();
    requireFile("kernel", shape.kernel().image());
    requireFile("initramfs", shape.initramfs());
    require(
        shape.vcpus() >= 1 && shape.vcpus() <= MAX_VCPUS,
        "a machine has 1 to " + MAX_VCPUS + " CPUs, not " + shape.vcpus());
    checkMemory(shape.memoryBytes());
    require(
        shape.bays() >= spec.attachments().drives().size()
            && shape.bays() <= VmSpec.MachineShape.MAX_BAYS,
        "a machine has at most " + VmSpec.MachineShape.MAX_BAYS + " bays, and a drive in each");
    int devices = QemuCommand.virtioDevices(spec);
    require(
        shape.kernel().acpi() || devices <= QemuCommand.MAX_VIRTIO_DEVICES_WITHOUT_ACPI,
        "a kernel without ACPI can have %d virtio devices, not %d"
            .formatted(QemuCommand.MAX_VIRTIO_DEVICES_WITHOUT_ACPI, devices));
  }

  private static void check(VmSpec spec) {
    checkShape(spec);
    var serials = new HashSet<String>();
    for (VmSpec.Disk disk : spec.attachments().disks()) {
      requireFile("disk image", disk.image());
      require(
          SERIAL.matcher(disk.serial()).matches() && serials.add(disk.serial()),
          "not a disk serial, or used twice: " + disk.serial());
    }
    spec.attachments().drives().forEach(drive -> requireFile("disk image", drive.image()));
    for (VmSpec.Nic nic : spec.attachments().nics()) {
      require(MAC.matcher(nic.macAddress()).matches(), "not a MAC address: " + nic.macAddress());
    }
  }

  private static void checkMemory(long bytes) {
    if (bytes < MIN_MEMORY_BYTES) {
      throw new EngineException(
          Kind.INVALID,
          "%s of memory is too little for a machine: it needs %d MiB"
              .formatted(
                  bytes < MEBIBYTE ? bytes + " bytes" : (bytes / MEBIBYTE) + " MiB",
                  MIN_MEMORY_BYTES / MEBIBYTE),
          "ask for at least " + MIN_MEMORY_BYTES / MEBIBYTE + " MiB");
    }
    require(bytes % MEBIBYTE == 0, "the memory of a machine is a multiple of 1 MiB");
    HostMemory host = HostMemory.now();
    if (host.totalBytes() > 0 && bytes > host.totalBytes()) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "%d MiB of memory were asked for, but this host has %d MiB"
              .formatted(bytes / MEBIBYTE, host.totalBytes() / MEBIBYTE),
          "ask for less memory");
    } else if (host.totalBytes() > 0 && host.availableBytes() < MIN_MEMORY_BYTES) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "this host has only %d MiB of memory left".formatted(host.availableBytes() / MEBIBYTE),
          "stop some containers");
    }
  }

  private static void requireFile(String what, Path file) {
    if (!file.isAbsolute() || !Files.isReadable(file)) {
      throw new EngineException(Kind.NOT_FOUND, what + " " + file + " cannot be read");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new EngineException(Kind.INVALID, otherwise);
    }
  }
}
