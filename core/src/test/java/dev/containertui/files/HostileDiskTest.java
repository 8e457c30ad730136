package dev.containertui.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.Ext4Options;
import dev.containertui.ext4.Ext4Reader;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container's root writes its disk as it likes, not only through the kernel's file system. */
@Timeout(120)
class HostileDiskTest {
  private static final byte[] DATA = new byte[3000];

  @TempDir Path directory;

  private interface Content {
    void write(Ext4Writer writer) throws IOException;
  }

  private Path image(String name, Content content) throws IOException {
    Path image = directory.resolve(name);
    try (Ext4Writer writer = Ext4Writer.create(image, Ext4Options.fitted(new UUID(1, 1)))) {
      content.write(writer);
      writer.finish();
    }
    return image;
  }

  private Path lower() throws IOException {
    return image(
        "lower.ext4",
        writer -> {
          writer.directory(path("/etc"), Attributes.of(0755));
          writer.file(path("/etc/passwd"), Attributes.of(0644), new ByteArrayInputStream(DATA));
        });
  }

  private OverlayView view(Content upper) throws IOException {
    return OverlayView.open(lower(), Optional.of(upper(upper)));
  }

  private Path upper(Content content) throws IOException {
    return image(
        "upper.ext4",
        writer -> {
          writer.directory(path("/upper"), Attributes.of(0755));
          content.write(writer);
        });
  }

  private static ImagePath path(String path) {
    return ImagePath.of(path);
  }

  private static void assertFails(Kind kind, Runnable step) {
    EngineException e = assertThrows(EngineException.class, step::run);
    assertEquals(kind, e.kind(), e::getMessage);
  }

  private static void export(OverlayView view) {
    TreeArchive.export(view, OutputStream.nullOutputStream());
  }

  private static void layer(OverlayView view) {
    LayerArchive.write(view, OutputStream.nullOutputStream());
  }

  private static void changes(OverlayView view) {
    UpperChanges.forEach(view, change -> {});
  }

  @Test
  void aDirectoryWithinItselfIsWalkedOnce() throws IOException {
    Path upper =
        upper(
            writer -> {
              writer.directory(path("/upper/outer"), Attributes.of(0755));
              writer.directory(path("/upper/outer/inner-one"), Attributes.of(0755));
            });
    long outer;
    try (Ext4Reader reader = Ext4Reader.open(upper)) {
      outer = reader.stat(path("/upper/outer")).orElseThrow().inode();
    }
    byte[] bytes = Files.readAllBytes(upper);
    byte[] name = "inner-one".getBytes(StandardCharsets.US_ASCII);
    int at = indexOf(bytes, name);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at - 8, (int) outer);
    Files.write(upper, bytes);
    try (OverlayView view = OverlayView.open(lower(), Optional.of(upper))) {
      assertFails(Kind.CORRUPT, () -> export(view));
      assertFails(Kind.CORRUPT, () -> changes(view));
      assertFails(Kind.CORRUPT, () -> layer(view));
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
  }

  @Test
  void damagedDisksEndInNothingWorseThanTheExceptionOfTheEngine() throws IOException {
    Path lower = lower();
    Path upper =
        upper(
            writer -> {
              for (int i = 0; i < 40; i++) {
                String name = "/upper/d" + i;
                writer.directory(path(name), Attributes.of(0700 + i).withXattrs(xattr("user.a")));
                writer.file(path(name + "/f"), Attributes.of(0644), new ByteArrayInputStream(DATA));
                writer.symlink(path(name + "/l"), Attributes.of(0777), "../d1/f".getBytes());
                writer.hardLink(path(name + "/h"), path(name + "/f"));
              }
              writer.special(path("/upper/etc"), Attributes.of(0), FileType.CHARACTER_DEVICE, 0, 0);
            });
    byte[] healthy = Files.readAllBytes(upper);
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] sick = healthy.clone();
      for (int i = 1 + random.nextInt(100); i > 0; i--) {
        sick[random.nextInt(sick.length)] = (byte) random.nextInt(256);
      }
      Files.write(upper, sick);
      try (OverlayView view = OverlayView.open(lower, Optional.of(upper))) {
        export(view);
        layer(view);
        view.resolve("/d7/l/../../etc/passwd/..", true);
      } catch (EngineException e) {
        refused++;
      }
    }
    assertTrue(refused > 50, "only " + refused + " refused: the damage hits nothing");
  }

  @Test
  void aDiskWithoutItsDirectoryIsRefused() throws IOException {
    Path upper = image("upper.ext4", writer -> {});
    assertFails(Kind.CORRUPT, () -> OverlayView.open(lowerOf(), Optional.of(upper)));
  }

  private Path lowerOf() {
    try {
      return lower();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pathsThatNobodyCanNameAreNotFollowed() throws IOException {
    Content deep =
        writer -> {
          ImagePath at = path("/upper");
          for (int i = 0; i < 20; i++) {
            at = at.resolve(FileName.of("d".repeat(255)));
            writer.directory(at, Attributes.of(0755));
          }
        };
    try (OverlayView view = view(deep)) {
      assertFails(Kind.INVALID, () -> export(view));
      assertFails(Kind.INVALID, () -> changes(view));
    }
  }

  @Test
  void fortyLinksAreFollowedAndNoMore() throws IOException {
    Content chain =
        writer -> {
          for (int i = 0; i < 41; i++) {
            String target = i == 0 ? "/../../etc/./passwd" : "l" + (i - 1);
            writer.symlink(path("/upper/l" + i), Attributes.of(0777), target.getBytes());
          }
        };
    try (OverlayView view = view(chain)) {
      assertEquals("/etc/passwd", view.resolve("/l39", true).path().toString());
      assertFails(Kind.INVALID, () -> view.resolve("/l40", true));
      assertEquals("/l40", view.resolve("/l40", false).path().toString());
      assertEquals(Optional.empty(), view.destination("/l40"));
    }
  }

  @Test
  void whatAnotherKindOfMountWroteIsNotGuessed() throws IOException {
    for (String mark : new String[] {"trusted.overlay.redirect", "trusted.overlay.metacopy"}) {
      Content marked =
          writer ->
              writer.directory(path("/upper/moved"), Attributes.of(0755).withXattrs(xattr(mark)));
      try (OverlayView view = view(marked)) {
        assertFails(Kind.UNAVAILABLE, () -> export(view));
        assertFails(Kind.UNAVAILABLE, () -> changes(view));
      }
    }
  }

  @Test
  void marksOfTheOverlayAreHiddenAndTheContainersOwnAreShown() throws IOException {
    Content marked =
        writer ->
            writer.directory(
                path("/upper/d"),
                Attributes.of(0755)
                    .withXattrs(
                        Map.of(
                            "trusted.overlay.origin", DATA,
                            "trusted.overlay.overlay.opaque", new byte[] {'y'},
                            "user.own", new byte[] {1})));
    try (OverlayView view = view(marked)) {
      OverlayFile file = view.resolve("/d", false).file().orElseThrow();
      assertEquals(
          "[trusted.overlay.opaque, user.own]",
          file.stat().attributes().xattrs().keySet().toString());
    }
  }

  @Test
  void namesThatMeanDeletionInALayerAreRefusedThere() throws IOException {
    Content named = writer -> writer.directory(path("/upper/.wh.etc"), Attributes.of(0755));
    try (OverlayView view = view(named)) {
      export(view);
      assertFails(Kind.INVALID, () -> layer(view));
    }
  }

  @Test
  void whoeverTakesNoMoreAndWhoeverInterruptsIsTold() throws IOException {
    try (OverlayView view = view(writer -> {})) {
      OutputStream full =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException("broken pipe");
            }
          };
      assertFails(Kind.UNAVAILABLE, () -> TreeArchive.export(view, full));
    }
    for (Consumer<OverlayView> step :
        List.<Consumer<OverlayView>>of(HostileDiskTest::export, HostileDiskTest::changes)) {
      try (OverlayView view = view(writer -> {})) {
        Thread.currentThread().interrupt();
        assertFails(Kind.CANCELLED, () -> step.accept(view));
      } finally {
        Thread.interrupted();
      }
    }
  }

  private static Map<String, byte[]> xattr(String name) {
    return Map.of(name, new byte[] {'x'});
  }
}
