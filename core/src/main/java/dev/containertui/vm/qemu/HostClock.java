package dev.containertui.vm.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The frequency of an emulated guest's time stamp counter: measured once per boot of this host. */
final class HostClock {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final ProbeCache cache;
  private final ReentrantLock measuring = new ReentrantLock();
  private Answer answer = new Answer(0);

  HostClock(ProbeCache cache) {
    this.cache = cache;
  }

  /**
   * An answer.
   *
   * @param khz 0: not known yet
   */
  record Answer(long khz) {}

  /** The frequency in kHz; see {@link ClockProbe#measureKhz} for errors. */
  long khz(QemuBinary qemu) {
    measuring.lock();
    try {
      if (answer.khz() == 0) {
        List<String> circumstances = List.of(qemu.path().toString(), qemu.version(), bootId());
        answer =
            cache
                .recall("clock", circumstances, Answer.class)
                .filter(found -> found.khz() > 0)
                .orElseGet(
                    () -> {
                      var measured = new Answer(ClockProbe.measureKhz(qemu));
                      cache.remember("clock", circumstances, measured);
                      return measured;
                    });
      }
      return answer.khz();
    } finally {
      measuring.unlock();
    }
  }

  private static String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
