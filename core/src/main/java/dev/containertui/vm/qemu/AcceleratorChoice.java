package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Chooses the accelerator for a kernel: KVM if a trial shows that it boots it, else TCG.
 *
 * <p>Trials are remembered on disk under a name made of all that the answer depends on: QEMU, the
 * host's kernel, the guest's kernel. The latter counts by path, size and modification time: its
 * digest would cost more at each start than everything else that happens there.
 */
final class AcceleratorChoice {
  private static final Path KVM_DEVICE = Path.of("/dev/kvm");

  private final ProbeCache cache;
  private final Path kvmDevice;
  private final Map<List<String>, Verdict> known = new ConcurrentHashMap<>();
  private final ReentrantLock trying = new ReentrantLock();

  AcceleratorChoice(ProbeCache cache) {
    this(cache, KVM_DEVICE);
  }

  AcceleratorChoice(ProbeCache cache, Path kvmDevice) {
    this.cache = cache;
    this.kvmDevice = kvmDevice;
  }

  /**
   * An answer.
   *
   * @param reason one line for a person
   */
  record Verdict(Accelerator accelerator, String reason) {}

  /** The answer for a kernel; takes {@link AcceleratorProbe#LIMIT} at most, once. */
  Verdict choose(QemuBinary qemu, VmSpec.Kernel kernel) {
    return withoutTrial()
        .orElseGet(
            () -> {
              List<String> circumstances = circumstances(qemu, kernel);
              Verdict verdict = known.get(circumstances);
              return verdict != null ? verdict : tried(circumstances, qemu, kernel);
            });
  }

  /** The answer as far as it is the same for every kernel. */
  Optional<Verdict> withoutTrial() {
    if (!Files.exists(kvmDevice)) {
      return Optional.of(tcg(kvmDevice + " does not exist"));
    } else if (!Files.isReadable(kvmDevice) || !Files.isWritable(kvmDevice)) {
      return Optional.of(tcg(kvmDevice + " may not be opened by this user"));
    }
    return Optional.empty();
  }

  private static Verdict tcg(String why) {
    return new Verdict(Accelerator.TCG, "kvm: " + why + "; using tcg");
  }

  private Verdict tried(List<String> circumstances, QemuBinary qemu, VmSpec.Kernel kernel) {
    trying.lock();
    try {
      return known.computeIfAbsent(
          circumstances,
          absent ->
              cache
                  .recall("accelerator", circumstances, Verdict.class)
                  .filter(verdict -> verdict.accelerator() != null && verdict.reason() != null)
                  .orElseGet(() -> tryOut(circumstances, qemu, kernel)));
    } finally {
      trying.unlock();
    }
  }

  private Verdict tryOut(List<String> circumstances, QemuBinary qemu, VmSpec.Kernel kernel) {
    AcceleratorProbe.Trial trial =
        AcceleratorProbe.run(qemu, Acceleration.kvm(), kernel, AcceleratorProbe.LIMIT);
    Verdict verdict =
        switch (trial.outcome()) {
          case BOOTS -> new Verdict(Accelerator.KVM, "kvm: boots the guest kernel");
          case STOPPED_WITH_INTERNAL_ERROR ->
              tcg("guest kernel stopped with an internal error (nested?)");
          case REFUSED -> tcg("QEMU refused it: " + trial.detail());
          case TOO_SLOW ->
              tcg("guest kernel did not boot within " + AcceleratorProbe.LIMIT.toSeconds() + " s");
        };
    // A busy host may be too slow today and not tomorrow.
    if (trial.outcome() != AcceleratorProbe.Outcome.TOO_SLOW) {
      cache.remember("accelerator", circumstances, verdict);
    }
    return verdict;
  }

  private static List<String> circumstances(QemuBinary qemu, VmSpec.Kernel kernel) {
    try {
      var image = Files.readAttributes(kernel.image(), BasicFileAttributes.class);
      return List.of(
          qemu.path().toString(),
          qemu.version(),
          System.getProperty("os.version"),
          kernel.image().toAbsolutePath().toString(),
          Boolean.toString(kernel.acpi()),
          Long.toString(image.size()),
          image.lastModifiedTime().toString());
    } catch (IOException e) {
      throw new EngineException(
          EngineException.Kind.NOT_FOUND, "kernel " + kernel.image() + " cannot be read", e);
    }
  }
}
