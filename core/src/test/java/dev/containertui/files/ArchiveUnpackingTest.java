package dev.containertui.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.rootfs.LayerException;
import dev.containertui.rootfs.TestTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the guest is told of an archive, read as guest-init/PROTOCOL.md, section 10, says. */
class ArchiveUnpackingTest {
  private static byte[] fed(byte[] archive) throws IOException {
    ByteArrayOutputStream guest = new ByteArrayOutputStream();
    ArchiveUnpacking.feed(new ByteArrayInputStream(archive), guest);
    return guest.toByteArray();
  }

  /** A line for each entry: type, path, target, mode, owner, time, device, attributes, content. */
  private static List<String> entries(byte[] stream) {
    ByteBuffer in = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    List<String> lines = new ArrayList<>();
    while (in.hasRemaining()) {
      int type = in.get();
      assertEquals(0, in.get());
      int path = in.getShort();
      int target = in.getShort();
      int xattrs = in.getShort();
      String line =
          "%o %d:%d".formatted(in.getInt(), in.getInt() & 0xFFFF_FFFFL, in.getInt() & 0xFFFF_FFFFL);
      int nanos = in.getInt();
      line += " " + in.getLong() + "." + nanos + " " + in.getInt() + ":" + in.getInt();
      long size = in.getLong();
      line = type + " " + text(in, path) + (target > 0 ? ">" + text(in, target) : "") + " " + line;
      line += type == 2 ? " '" + text(in, (int) size) + "'" : "";
      for (int i = 0; i < xattrs; i++) {
        int name = in.getShort();
        assertEquals(0, in.getShort());
        int value = in.getInt();
        line += " " + text(in, name) + "=" + text(in, value);
      }
      lines.add(line);
    }
    return lines;
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void everyKindOfMemberIsAnEntryAndDirectoriesGetTheirTimesLast() throws IOException {
    byte[] archive =
        new TestTar()
            .modified(1000)
            .directory("./", 0700)
            .directory("d/", 0750)
            .mode(04755)
            .file("d/su", "content")
            .mode(0644)
            .hardLink("d/hard", "./d/su")
            .symlink("d/link", "../../outside")
            .device('3', "null", 1, 3)
            .device('4', "disk", 259, 300)
            .fifo("pipe")
            .pax(Map.of("SCHILY.xattr.user.a", new byte[] {'v'}, "mtime", "1.5".getBytes()))
            .file("caf\u00e9", "")
            .pax(
                "SCHILY.xattr.trusted.overlay.opaque", "y",
                "SCHILY.xattr.made.up", "x")
            .directory("plain/", 0755)
            .file("plain", "was a directory")
            .end();
    assertEquals(
        """
        1 d 750 0:0 1000.0 0:0
        2 d/su 4755 0:0 1000.0 0:0 'content'
        4 d/hard>d/su 0 0:0 0.0 0:0
        3 d/link>../../outside 0 0:0 1000.0 0:0
        5 null 644 0:0 1000.0 1:3
        6 disk 644 0:0 1000.0 259:300
        7 pipe 644 0:0 1000.0 0:0
        2 caf\u00e9 644 0:0 1.500000000 0:0 '' user.a=v
        1 plain 755 0:0 1000.0 0:0
        2 plain 644 0:0 1000.0 0:0 'was a directory'
        8 plain 0 0:0 1000.0 0:0
        8 d 0 0:0 1000.0 0:0
        0  0 0:0 0.0 0:0""",
        String.join("\n", entries(fed(archive))));
  }

  @Test
  void theGuestIsNotToldOfAnEndIfTheArchiveIsBroken() {
    byte[] archive = new TestTar().file("a", "a").file("b", "b".repeat(1000)).cut();
    byte[] cut = Arrays.copyOf(archive, archive.length - 600);
    ByteArrayOutputStream guest = new ByteArrayOutputStream();
    assertThrows(
        LayerException.class, () -> ArchiveUnpacking.feed(new ByteArrayInputStream(cut), guest));
    assertTrue(guest.size() < 3 * 48 + 1100, "an end was written");
  }

  @Test
  void whatTheGuestWouldNotTakeIsRefusedHere() {
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("SCHILY.xattr.user.x" + i, new byte[] {1});
    }
    for (byte[] archive :
        List.of(
            new TestTar().pax(many).file("f", "").end(),
            new TestTar().pax(Map.of("SCHILY.xattr.user.x", new byte[70_000])).file("f", "").end(),
            new TestTar().device('3', "d", 5000, 1).end(),
            new TestTar().device('3', "d", 1, 1 << 20).end(),
            new TestTar().symlink("l", "").end(),
            new TestTar().file("../f", "").end(),
            new TestTar().hardLink("l", "a/../../b").end())) {
      assertThrows(LayerException.class, () -> fed(archive));
    }
  }
}
