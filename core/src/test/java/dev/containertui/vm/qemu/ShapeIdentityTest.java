package dev.containertui.vm.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Disk;
import dev.containertui.vm.VmSpec.Nic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapeIdentityTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = Files.writeString(directory.resolve("file"), "a kernel, for example");
  }

  private List<String> identity(String name, int vcpus) {
    Path own = Path.of("/of", name);
    return ShapeIdentity.of(
        new QemuBinary(file, "7"),
        Acceleration.tcg(2_300_000),
        new VmSpec(
            name,
            own,
            new VmSpec.MachineShape(new VmSpec.Kernel(file, false), file, "", vcpus, 256L << 20),
            new VmSpec.Attachments(
                List.of(
                    new Disk(own.resolve("root"), "root", true),
                    new Disk(own.resolve("upper"), "upper", false)),
                List.of(new Nic("52:54:00:00:00:0" + name.length(), Nic.Backend.USER_NAT)))));
  }

  @Test
  void isThatOfAllContainersOfTheShape() {
    assertEquals(identity("one", 1), identity("another", 1));
    assertNotEquals(identity("one", 1), identity("one", 2));
  }

  @Test
  void changesWithTheFilesThatItWasMadeOf() throws Exception {
    List<String> before = identity("one", 1);
    Files.writeString(file, "another kernel");
    assertNotEquals(before, identity("one", 1));
  }

  /** Word by word: an order that another process would have otherwise means another template. */
  @Test
  void isTheSameInEveryProcess() {
    String upper =
        "{\"driver\":\"raw\",\"node-name\":\"disk-upper\",\"read-only\":false,\"discard\":\"unmap\","
            + "\"file\":{\"driver\":\"file\",\"filename\":\"/machine\"}}";
    assertTrue(identity("one", 1).contains(upper), () -> identity("one", 1).toString());
  }
}
