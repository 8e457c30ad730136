package dev.containertui.vm.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Disk;
import dev.containertui.vm.VmSpec.Nic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes another template necessary, and what does not. */
class ShapeIdentityTest {
  private static final long MIB = 1 << 20;

  @TempDir Path directory;
  private Path qemu;
  private Path kernel;
  private Path initramfs;

  @BeforeEach
  void makeFiles() throws IOException {
    nameFiles();
    Files.writeString(qemu, "a program");
    Files.writeString(kernel, "a kernel");
    Files.writeString(initramfs, "an archive");
  }

  private void nameFiles() {
    qemu = directory.resolve("qemu");
    kernel = directory.resolve("vmlinux");
    initramfs = directory.resolve("initramfs");
  }

  private VmSpec spec(int vcpus, long memoryBytes) {
    return spec(
        new VmSpec.MachineShape(new VmSpec.Kernel(kernel, true), initramfs, "", vcpus, memoryBytes),
        "a");
  }

  private VmSpec spec(VmSpec.MachineShape shape, String name) {
    return new VmSpec(
        name,
        directory.resolve(name),
        shape,
        new VmSpec.Attachments(
            List.of(
                new Disk(directory.resolve(name + ".root"), "root", true),
                new Disk(directory.resolve(name + ".upper"), "upper", false)),
            List.of(new Nic("52:54:00:00:00:0" + name.length(), Nic.Backend.USER_NAT))));
  }

  private List<String> identity(VmSpec spec) {
    return ShapeIdentity.of(
        new QemuBinary(qemu, "7.2.0"), new Acceleration(Accelerator.TCG, 2_500_000), spec);
  }

  private List<String> identity() {
    return identity(spec(1, 256 * MIB));
  }

  @Test
  void whatBelongsToOneContainerIsNoPartOfIt() {
    VmSpec spec = spec(1, 256 * MIB);
    assertEquals(identity(spec), identity(spec(spec.shape(), "another")));
    assertEquals(identity(), identity());
  }

  /** Word by word: an order that another program would have otherwise means another template. */
  @Test
  void isTheSameInEveryProgram() {
    String upper =
        "{\"driver\":\"raw\",\"node-name\":\"disk-upper\",\"read-only\":false,\"discard\":\"unmap\","
            + "\"file\":{\"driver\":\"file\",\"filename\":\"/machine\"}}";
    assertTrue(identity().contains(upper), () -> identity().toString());
  }

  @Test
  void everyPartOfTheShapeIs() {
    VmSpec.MachineShape shape = spec(1, 256 * MIB).shape();
    List<String> before = identity();
    assertNotEquals(before, identity(spec(2, 256 * MIB)));
    assertNotEquals(before, identity(spec(1, 384 * MIB)));
    assertNotEquals(
        before,
        identity(
            spec(new VmSpec.MachineShape(shape.kernel(), initramfs, "quiet", 1, 256 * MIB), "a")));
    assertNotEquals(
        before,
        identity(
            spec(
                new VmSpec.MachineShape(
                    new VmSpec.Kernel(kernel, false), initramfs, "", 1, 256 * MIB),
                "a")));
  }

  @Test
  void soAreTheDevices() {
    VmSpec spec = spec(1, 256 * MIB);
    List<Disk> disks = spec.attachments().disks();
    for (VmSpec.Attachments other :
        List.of(
            new VmSpec.Attachments(disks.subList(0, 1), spec.attachments().nics()),
            new VmSpec.Attachments(disks.reversed(), spec.attachments().nics()),
            new VmSpec.Attachments(
                List.of(disks.get(0), new Disk(disks.get(1).image(), "other", false)),
                spec.attachments().nics()),
            new VmSpec.Attachments(
                List.of(disks.get(0), new Disk(disks.get(1).image(), "upper", true)),
                spec.attachments().nics()),
            new VmSpec.Attachments(disks, List.of()))) {
      assertNotEquals(
          identity(), identity(new VmSpec("a", spec.runtimeDirectory(), spec.shape(), other)));
    }
  }

  /** Each change is one that leaves the file's content as it was. */
  @Test
  void aFileThatWasTouchedOrReplacedIsAnother() throws IOException {
    for (Path file : List.of(qemu, kernel, initramfs)) {
      List<String> before = identity();
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
      List<String> touched = identity();
      assertNotEquals(before, touched);
      Path copy = Files.copy(file, directory.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      assertNotEquals(touched, identity());
    }
  }

  @Test
  void anotherQemuOrAcceleratorIsAnotherMachine() {
    VmSpec spec = spec(1, 256 * MIB);
    Acceleration tcg = new Acceleration(Accelerator.TCG, 2_500_000);
    QemuBinary binary = new QemuBinary(qemu, "7.2.0");
    List<String> before = ShapeIdentity.of(binary, tcg, spec);
    assertNotEquals(before, ShapeIdentity.of(new QemuBinary(qemu, "7.2.1"), tcg, spec));
    assertNotEquals(before, ShapeIdentity.of(binary, Acceleration.kvm(), spec));
    assertNotEquals(
        before, ShapeIdentity.of(binary, new Acceleration(Accelerator.TCG, 3_000_000), spec));
    assertEquals(
        before, ShapeIdentity.of(binary, new Acceleration(Accelerator.TCG, 2_500_123), spec));
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    Files.delete(kernel);
    EngineException e = assertThrows(EngineException.class, this::identity);
    assertEquals(kernel + " cannot be read", e.getMessage());
  }
}
