package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Measures how fast the time stamp counter of an emulated guest runs.
 *
 * <p>Linux measures it too, at each boot, against a timer chip. An emulator on a busy host serves
 * that chip too late for Linux's taste; then Linux has no clock at all on a microvm, and stands
 * still in the middle of the boot. So the frequency is measured here, where it can be done well,
 * and given to every kernel ({@code tsc_early_khz}). It also shows that this QEMU emulates anything
 * at all.
 */
final class ClockProbe {
  /** Assembled from src/main/asm/clock-probe.S. */
  static final byte[] CODE =
      HexFormat.of()
          .parseHex(
              "be0000e0fec786f0000000ff010000c7862003000000000100c786e00300000b000000c78680"
                  + "030000ffffffffc7050010100002000000bf00010000c70504101000ffffffff0f3189c389d5"
                  + "8b8e900300000f3189c429dc3b25041010007323892504101000891d08101000892d0c101000"
                  + "a310101000891514101000890d181010004f75c0bb08101000b91400000066bae9008a03ee43"
                  + "4975f9ff0d0010100074198b1d1810100081eb80f0fa02399e9003000077f8e97bffffffb010"
                  + "66baf400eef4ebf6");

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int SAMPLE_BYTES = 20;
  private static final long MIN_KHZ = 100_000;
  private static final long MAX_KHZ = 20_000_000;

  private ClockProbe() {}

  /**
   * Runs the measurement: 0.1 s, at most 10 s.
   *
   * @return kHz
   * @throws EngineException UNAVAILABLE if the machine did not run to its end, TIMEOUT, CANCELLED
   */
  static long measureKhz(QemuBinary qemu) {
    try {
      Path image = Files.createTempFile("clock-probe-", ".elf");
      try {
        Files.write(image, PvhImage.of(CODE));
        return evaluate(HostCommand.run(command(qemu, image), Path.of("/"), LIMIT));
      } finally {
        Files.delete(image);
      }
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the emulator cannot be tried out: " + e.getMessage(), e);
    }
  }

  private static List<String> command(QemuBinary qemu, Path image) {
    var command = new ArrayList<String>(List.of(qemu.path().toString()));
    command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
    command.addAll(List.of("-M", "microvm", "-m", "16M", "-kernel", image.toString()));
    command.addAll(Accelerator.TCG.arguments());
    command.addAll(List.of("-chardev", "stdio,id=out"));
    command.addAll(List.of("-device", "isa-debugcon,iobase=0xe9,chardev=out"));
    command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"));
    return command;
  }

  private static long evaluate(HostCommand.Result result) {
    byte[] output = result.output();
    if (result.exitCode() != QemuCommand.CLEAN_EXIT_CODE || output.length != 2 * SAMPLE_BYTES) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "QEMU does not emulate a small test machine (status %d): %s"
              .formatted(result.exitCode(), result.lastErrorLine()));
    }
    ByteBuffer samples = ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    // Both readings around the timer's are used, so their mean is what belongs to it.
    long ticks =
        (samples.getLong(20) + samples.getLong(28) - samples.getLong(0) - samples.getLong(8)) / 2;
    long nanos = Integer.toUnsignedLong(samples.getInt(16) - samples.getInt(36));
    long khz = Math.round(ticks * 1e6 / Math.max(1, nanos));
    if (khz < MIN_KHZ || khz > MAX_KHZ) {
      throw new EngineException(
          Kind.UNAVAILABLE, "QEMU's clock runs at an impossible " + khz + " kHz");
    }
    return khz;
  }
}
