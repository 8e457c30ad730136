package dev.containertui.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Applies random operations to an image and to a plain model, and compares the two. */
final class RandomTree {
  private static final String[] XATTRS = {
    "user.a", "user.longer.name", "trusted.t", "security.capability", "security.selinux"
  };

  /** A file of the model; hard links share it. */
  private static final class Item {
    FileType type;
    Attributes attributes;
    byte[] content = {};
    int major;
    int minor;
    int links;
    final TreeMap<FileName, Item> children = new TreeMap<>();
  }

  private final Random random;
  private final Item root = new Item();

  RandomTree(long seed) {
    random = new Random(seed);
    root.type = FileType.DIRECTORY;
    root.attributes = Attributes.of(0755);
  }

  /** Does {@code operations} random things to both. */
  void grow(Ext4Writer writer, int operations) throws IOException {
    for (int i = 0; i < operations; i++) {
      step(writer);
    }
  }

  private void step(Ext4Writer writer) throws IOException {
    ImagePath folder = randomDirectory();
    FileName name = randomName(folder);
    ImagePath path = folder.resolve(name);
    Item item = new Item();
    item.attributes = randomAttributes();
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> {
        item.type = FileType.DIRECTORY;
        writer.directory(path, item.attributes);
        Item existing = at(path);
        if (existing != null && existing.type == FileType.DIRECTORY) {
          existing.attributes = item.attributes;
          return;
        }
        put(path, item);
      }
      case 4, 5 -> {
        item.type = FileType.SYMLINK;
        item.content = randomText(1 + random.nextInt(random.nextBoolean() ? 80 : 4095));
        writer.symlink(path, item.attributes, item.content);
        put(path, item);
      }
      case 6 -> {
        item.type = random.nextBoolean() ? FileType.CHARACTER_DEVICE : FileType.BLOCK_DEVICE;
        item.major = random.nextInt(random.nextBoolean() ? 256 : 4096);
        item.minor = random.nextInt(random.nextBoolean() ? 256 : 1 << 20);
        writer.special(path, item.attributes, item.type, item.major, item.minor);
        put(path, item);
      }
      case 7 -> {
        item.type = random.nextBoolean() ? FileType.FIFO : FileType.SOCKET;
        writer.special(path, item.attributes, item.type, 0, 0);
        put(path, item);
      }
      case 8, 9 -> hardLink(writer, path);
      case 10, 11 -> {
        writer.remove(path);
        drop(path);
      }
      case 12 -> {
        if (random.nextInt(4) == 0) {
          writer.removeChildren(folder);
          Item directory = at(folder);
          List.copyOf(directory.children.keySet()).forEach(n -> drop(folder.resolve(n)));
        }
      }
      default -> {
        item.type = FileType.FILE;
        item.content = randomContent();
        writer.file(path, item.attributes, new ByteArrayInputStream(item.content));
        put(path, item);
      }
    }
  }

  private void hardLink(Ext4Writer writer, ImagePath path) {
    List<ImagePath> files = new ArrayList<>();
    walk(
        (found, item) -> {
          if (item.type != FileType.DIRECTORY && !path.contains(found)) {
            files.add(found);
          }
        });
    if (!files.isEmpty()) {
      ImagePath target = files.get(random.nextInt(files.size()));
      Item item = at(target);
      writer.hardLink(path, target);
      put(path, item);
    }
  }

  /** Every path of the model is in the image, equal in all respects, and nothing else is. */
  void assertSameAs(Ext4Reader reader) {
    walk(
        (path, item) -> {
          Stat stat = reader.stat(path).orElseThrow(() -> new AssertionError("missing: " + path));
          assertEquals(item.type, stat.type(), path.toString());
          assertSameAttributes(item.attributes, stat.attributes(), path);
          assertEquals(item.major, stat.major(), path.toString());
          assertEquals(item.minor, stat.minor(), path.toString());
          switch (item.type) {
            case DIRECTORY -> assertEquals(List.copyOf(item.children.keySet()), reader.list(path));
            case SYMLINK -> assertArrayEquals(item.content, stat.linkTarget(), path.toString());
            case FILE -> assertArrayEquals(item.content, content(reader, path), path.toString());
            default -> {}
          }
          if (item.type != FileType.DIRECTORY) {
            assertEquals(item.links, stat.links(), path.toString());
          }
        });
  }

  private static void assertSameAttributes(Attributes expected, Attributes actual, ImagePath path) {
    assertEquals(expected.permissions(), actual.permissions(), path.toString());
    assertEquals(expected.uid(), actual.uid(), path.toString());
    assertEquals(expected.gid(), actual.gid(), path.toString());
    assertEquals(expected.modified(), actual.modified(), path.toString());
    assertEquals(expected.xattrs().keySet(), actual.xattrs().keySet(), path.toString());
    expected.xattrs().forEach((name, value) -> assertArrayEquals(value, actual.xattrs().get(name)));
  }

  private static byte[] content(Ext4Reader reader, ImagePath path) {
    try (var in = reader.read(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Visitor {
    void visit(ImagePath path, Item item);
  }

  private void walk(Visitor visitor) {
    record Pending(ImagePath path, Item item) {}
    Deque<Pending> pending = new ArrayDeque<>();
    pending.push(new Pending(ImagePath.ROOT, root));
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      visitor.visit(next.path, next.item);
      next.item.children.forEach(
          (n, child) -> pending.push(new Pending(next.path.resolve(n), child)));
    }
  }

  private Item at(ImagePath path) {
    Item item = root;
    for (FileName name : path.names()) {
      item = item == null ? null : item.children.get(name);
    }
    return item;
  }

  private void put(ImagePath path, Item item) {
    drop(path);
    at(path.parent()).children.put(path.name(), item);
    item.links++;
  }

  private void drop(ImagePath path) {
    Item removed = at(path.parent()).children.remove(path.name());
    if (removed != null) {
      removed.links--;
      for (FileName name : List.copyOf(removed.children.keySet())) {
        dropBelow(removed, name);
      }
    }
  }

  private static void dropBelow(Item directory, FileName name) {
    Item removed = directory.children.remove(name);
    removed.links--;
    List.copyOf(removed.children.keySet()).forEach(child -> dropBelow(removed, child));
  }

  private ImagePath randomDirectory() {
    List<ImagePath> directories = new ArrayList<>();
    walk(
        (path, item) -> {
          if (item.type == FileType.DIRECTORY) {
            directories.add(path);
          }
        });
    return directories.get(random.nextInt(directories.size()));
  }

  /** A new name, or one that is taken. */
  private FileName randomName(ImagePath folder) {
    List<FileName> taken = List.copyOf(at(folder).children.keySet());
    if (!taken.isEmpty() && random.nextInt(3) == 0) {
      return taken.get(random.nextInt(taken.size()));
    }
    int length = random.nextInt(10) == 0 ? 255 : 1 + random.nextInt(20);
    byte[] name = new byte[length];
    do {
      for (int i = 0; i < length; i++) {
        byte b = (byte) (random.nextInt(20) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26));
        name[i] = b == 0 || b == '/' ? (byte) '_' : b;
      }
    } while (length <= 2 && name[0] == '.');
    return FileName.of(name);
  }

  private byte[] randomText(int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (1 + random.nextInt(255));
    }
    return text;
  }

  private byte[] randomContent() {
    int length =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1, 2 -> random.nextInt(5000);
          case 3, 4 -> random.nextInt(300_000);
          default -> random.nextInt(4_000_000);
        };
    byte[] content = new byte[length];
    random.nextBytes(content);
    for (int i = random.nextInt(4); i > 0 && length > 0; i--) {
      int from = random.nextInt(length);
      Arrays.fill(content, from, from + random.nextInt(length - from), (byte) 0);
    }
    return content;
  }

  private Attributes randomAttributes() {
    TreeMap<String, byte[]> xattrs = new TreeMap<>();
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      byte[] value = new byte[random.nextInt(random.nextInt(5) == 0 ? 900 : 30)];
      random.nextBytes(value);
      xattrs.put(XATTRS[random.nextInt(XATTRS.length)], value);
    }
    long id = random.nextBoolean() ? random.nextInt(1000) : random.nextLong(1L << 32);
    long seconds = random.nextLong(Integer.MIN_VALUE, Integer.MIN_VALUE + (3L << 32));
    return Attributes.of(random.nextInt(010000))
        .withOwner(id, random.nextInt(70000))
        .withModified(Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000)))
        .withXattrs(xattrs);
  }
}
