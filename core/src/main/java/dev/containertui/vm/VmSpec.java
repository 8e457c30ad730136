package dev.containertui.vm;

import java.nio.file.Path;
import java.util.List;

/**
 * A machine to start. Shape and attachments are kept apart: all machines of one shape boot alike,
 * and nothing that differs between containers may be part of a shape.
 *
 * @param id short unique name, {@code [a-z0-9]{1,32}}
 * @param runtimeDirectory an existing private directory (0700) for sockets, console log and pid
 *     file; its path is short enough for Unix sockets (at most 80 bytes)
 */
public record VmSpec(
    String id, Path runtimeDirectory, MachineShape shape, Attachments attachments) {

  /**
   * What a machine is before it belongs to a container.
   *
   * @param kernel what it boots
   * @param initramfs cpio archive with {@code /init} and the modules
   * @param kernelArguments additional kernel command line, usually empty
   * @param vcpus 1–255
   * @param memoryBytes memory of the machine, a multiple of 1 MiB
   * @param bays for disks of volumes, whether there is one in each or not: 0 to {@link #MAX_BAYS}
   */
  public record MachineShape(
      Kernel kernel,
      Path initramfs,
      String kernelArguments,
      int vcpus,
      long memoryBytes,
      int bays) {
    /** As many as fit a microvm with ACPI beside what every machine has. */
    public static final int MAX_BAYS = 16;

    /** One without bays. */
    public MachineShape(
        Kernel kernel, Path initramfs, String kernelArguments, int vcpus, long memoryBytes) {
      this(kernel, initramfs, kernelArguments, vcpus, memoryBytes, 0);
    }
  }

  /**
   * A kernel to boot.
   *
   * @param image uncompressed (vmlinux ELF on x86-64)
   * @param acpi whether it understands ACPI tables; without, it is told of its devices on its
   *     command line, and there can be fewer of them
   */
  public record Kernel(Path image, boolean acpi) {}

  /**
   * What one container plugs into a machine.
   *
   * @param drives what is in the shape's bays, from the first on; the others are empty
   */
  public record Attachments(List<Disk> disks, List<Nic> nics, List<Drive> drives) {
    public Attachments {
      disks = List.copyOf(disks);
      nics = List.copyOf(nics);
      drives = List.copyOf(drives);
    }

    /** Without drives. */
    public Attachments(List<Disk> disks, List<Nic> nics) {
      this(disks, nics, List.of());
    }
  }

  /**
   * A raw disk image in a bay. The guest has learnt how large a bay is before anything was in it,
   * so every image has {@link #BYTES}, most of it a hole; its file system says how much it takes.
   *
   * @param readOnly whether the image is not to be changed; others may read it at the same time
   */
  public record Drive(Path image, boolean readOnly) {
    /** Size of every image. */
    public static final long BYTES = 1L << 40;

    /** How the guest recognises what is in the bay with this number, from 0. */
    public static String serial(int bay) {
      return "bay" + bay;
    }
  }

  /**
   * A raw disk image.
   *
   * @param serial how the guest recognises it: {@code [a-z0-9-]{1,20}}, for example {@code root},
   *     {@code upper}
   */
  public record Disk(Path image, String serial, boolean readOnly) {}

  /**
   * A network interface.
   *
   * @param macAddress {@code 52:54:00:xx:xx:xx}
   * @param backend where its frames go
   */
  public record Nic(String macAddress, Backend backend) {
    /** Kinds of networks. */
    public enum Backend {
      /**
       * The hypervisor's own user-mode NAT: the guest is 10.0.2.15/24, gateway 10.0.2.2, name
       * server 10.0.2.3.
       */
      USER_NAT
    }
  }
}
