package dev.containertui.ext4;

import dev.containertui.ext4.Ext4Exception.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an ext4 image. The tree is kept in memory; the content of files goes straight to its place
 * in the image. {@link #finish} writes all the rest; an image that was not finished is worthless.
 *
 * <p>An operation that names an existing path replaces what is there: a directory over a directory
 * replaces only its attributes, all else removes the old (a directory with everything below it) and
 * creates anew. No operation follows symbolic links; parents must exist. Instances are not
 * thread-safe. Operations throw {@link Ext4Exception}.
 */
public final class Ext4Writer implements AutoCloseable {
  private static final int MAX_SYMLINK_BYTES = 4095;
  private static final int MAX_MAJOR = 0xFFF;
  private static final int MAX_MINOR = 0xFFFFF;

  private final Ext4Options options;
  private final ImageFile image;
  private final BlockAllocator allocator;
  private final Node.Directory root = new Node.Directory(Attributes.of(0755), null);
  private final byte[] chunk = new byte[FileSink.CHUNK_BYTES];
  private FileSink openSink;
  private boolean finished;

  private Ext4Writer(Path path, Ext4Options options) {
    this.options = options;
    long limitBytes = options.isFitted() ? Ext4Options.MAX_FITTED_BYTES : options.sizeBytes();
    long limit = limitBytes / Format.BLOCK_BYTES;
    long groups = Format.divideUp(limit, Format.BLOCKS_PER_GROUP);
    long firstFree = 1 + Format.blocksFor(groups * Format.DESCRIPTOR_BYTES);
    image = new ImageFile(path);
    allocator = new BlockAllocator(firstFree, limit);
  }

  /** Begins an image; a file that is there is emptied. */
  public static Ext4Writer create(Path image, Ext4Options options) {
    return new Ext4Writer(image, options);
  }

  /** What is at a path, if anything. */
  public Optional<Stat> stat(ImagePath path) {
    return Optional.ofNullable(find(path)).map(Ext4Writer::statOf);
  }

  /** Names in a directory, in order of their bytes. */
  public List<FileName> list(ImagePath path) {
    return List.copyOf(directoryAt(path).children.keySet());
  }

  /** Creates a directory, or gives an existing one new attributes. */
  public void directory(ImagePath path, Attributes attributes) {
    if (find(path) instanceof Node.Directory existing) {
      existing.attributes = storable(attributes);
      return;
    }
    Node.Directory parent = parentOf(path);
    enter(parent, path.name(), new Node.Directory(storable(attributes), parent));
  }

  /**
   * Begins a regular file. Until it is closed or abandoned, this writer takes no other operation.
   *
   * @param expectedBytes its length if known, else 0; lets it take the place of removed files
   */
  public FileSink openFile(ImagePath path, Attributes attributes, long expectedBytes) {
    parentOf(path);
    remove(path);
    Node.File file = new Node.File(storable(attributes));
    openSink = new FileSink(this, path, file, image, allocator, chunk, expectedBytes);
    return openSink;
  }

  /**
   * Writes a regular file with all bytes of {@code content}.
   *
   * @return its length in bytes
   * @throws IOException what {@code content} throws; the file does not exist then
   */
  public long file(ImagePath path, Attributes attributes, InputStream content) throws IOException {
    FileSink sink = openFile(path, attributes, 0);
    try {
      byte[] buffer = sink.buffer();
      while (true) {
        int offset = sink.bufferOffset();
        int count = content.read(buffer, offset, buffer.length - offset);
        if (count < 0) {
          break;
        }
        sink.advance(count);
      }
      long size = sink.sizeBytes();
      sink.close();
      return size;
    } finally {
      sink.abandon();
    }
  }

  /**
   * Writes a symbolic link.
   *
   * @param target 1 to 4095 bytes without NUL
   */
  public void symlink(ImagePath path, Attributes attributes, byte[] target) {
    if (target.length == 0 || target.length > MAX_SYMLINK_BYTES) {
      throw new Ext4Exception(
          Reason.INVALID,
          "a symlink's target has 1 to 4095 bytes, not " + target.length + ": " + path);
    }
    for (byte b : target) {
      if (b == 0) {
        throw new Ext4Exception(Reason.INVALID, "NUL in the target of symlink " + path);
      }
    }
    Node.Symlink link = new Node.Symlink(storable(attributes), target.clone());
    enter(parentOf(path), path.name(), link);
  }

  /**
   * Writes a device, FIFO or socket.
   *
   * @param major 0 to 4095; 0 for FIFO and socket
   * @param minor 0 to 2²⁰−1; 0 for FIFO and socket
   */
  public void special(ImagePath path, Attributes attributes, FileType type, int major, int minor) {
    boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
    if (!device && type != FileType.FIFO && type != FileType.SOCKET) {
      throw new Ext4Exception(Reason.INVALID, "not a special file: " + type);
    }
    if (major < 0
        || major > (device ? MAX_MAJOR : 0)
        || minor < 0
        || minor > (device ? MAX_MINOR : 0)) {
      throw new Ext4Exception(
          Reason.INVALID, "device number out of range: " + major + ":" + minor + " of " + path);
    }
    enter(parentOf(path), path.name(), new Node.Special(storable(attributes), type, major, minor));
  }

  /** Gives an existing file, that is not a directory, one more name. */
  public void hardLink(ImagePath path, ImagePath existing) {
    Node target = find(existing);
    if (target == null) {
      throw new Ext4Exception(
          Reason.NOT_FOUND, "hard link " + path + " to " + existing + ", which does not exist");
    }
    if (target instanceof Node.Directory) {
      throw new Ext4Exception(
          Reason.IS_A_DIRECTORY, "hard link " + path + " to " + existing + ", a directory");
    }
    if (path.contains(existing)) {
      throw new Ext4Exception(
          Reason.INVALID, "hard link " + path + " would replace its own target " + existing);
    }
    if (target.links >= Format.MAX_LINKS) {
      throw new Ext4Exception(
          Reason.LIMIT, "more than " + Format.MAX_LINKS + " hard links to " + existing);
    }
    enter(parentOf(path), path.name(), target);
  }

  /** Changes the attributes of what is at a path. */
  public void setAttributes(ImagePath path, Attributes attributes) {
    Node node = find(path);
    if (node == null) {
      throw new Ext4Exception(Reason.NOT_FOUND, "no such file: " + path);
    }
    node.attributes = storable(attributes);
  }

  /**
   * Removes a name, of a directory everything below it too.
   *
   * @return whether it was there
   */
  public boolean remove(ImagePath path) {
    requireReady();
    if (path.isRoot()) {
      throw new Ext4Exception(Reason.INVALID, "the root directory cannot be removed");
    }
    if (!(find(path.parent()) instanceof Node.Directory parent)) {
      return false;
    }
    Node node = parent.take(path.name());
    if (node == null) {
      return false;
    }
    unlink(node);
    return true;
  }

  /** Empties a directory. */
  public void removeChildren(ImagePath path) {
    requireReady();
    Node.Directory directory = directoryAt(path);
    while (!directory.children.isEmpty()) {
      unlink(directory.takeFirst().getValue());
    }
  }

  /** Whether ext4 can store an extended attribute of this name. */
  public static boolean canStoreXattr(String name) {
    return Xattrs.isStorable(name);
  }

  /**
   * Completes the image and makes it safe against a crash of the host.
   *
   * @return its size in bytes
   */
  public long finish() {
    requireReady();
    finished = true;
    return new ImageFinisher(options, image, allocator).finish(root);
  }

  /** Lets go of the file; without {@link #finish} before, the image is incomplete. */
  @Override
  public void close() {
    finished = true;
    image.close();
  }

  /** The sink's content is complete. */
  void complete(ImagePath path, Node.File file) {
    openSink = null;
    enter(parentOf(path), path.name(), file);
  }

  void abandoned() {
    openSink = null;
  }

  private void requireReady() {
    if (openSink != null || finished) {
      throw new IllegalStateException(
          finished ? "the image is finished" : "a file is being written");
    }
  }

  /** Enters a name; what had it before is removed. */
  private void enter(Node.Directory parent, FileName name, Node node) {
    // Counted first: the node may be what has the name already.
    if (!(node instanceof Node.Directory)) {
      node.links++;
    }
    Node old = parent.take(name);
    if (old != null) {
      unlink(old);
    }
    parent.put(name, node);
  }

  private void unlink(Node removed) {
    Deque<Node> pending = new ArrayDeque<>();
    pending.push(removed);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      if (node instanceof Node.Directory directory) {
        directory.children.values().forEach(pending::push);
        directory.children.clear();
      } else if (--node.links == 0 && node instanceof Node.Stored stored) {
        stored.extents.release(allocator);
      }
    }
  }

  private Node find(ImagePath path) {
    Node node = root;
    for (FileName name : path.names()) {
      if (!(node instanceof Node.Directory directory)) {
        return null;
      }
      node = directory.children.get(name);
    }
    return node;
  }

  private Node.Directory directoryAt(ImagePath path) {
    Node node = find(path);
    if (node instanceof Node.Directory directory) {
      return directory;
    }
    throw node == null
        ? new Ext4Exception(Reason.NOT_FOUND, "no such directory: " + path)
        : new Ext4Exception(Reason.NOT_A_DIRECTORY, "not a directory: " + path);
  }

  private Node.Directory parentOf(ImagePath path) {
    requireReady();
    if (path.isRoot()) {
      throw new Ext4Exception(Reason.INVALID, "the root is always a directory");
    }
    return directoryAt(path.parent());
  }

  private static Attributes storable(Attributes attributes) {
    for (Map.Entry<String, byte[]> xattr : attributes.xattrs().entrySet()) {
      if (!Xattrs.isStorable(xattr.getKey())) {
        throw new Ext4Exception(
            Reason.INVALID, "ext4 has no extended attributes of the name " + xattr.getKey());
      }
    }
    if (!attributes.xattrs().isEmpty()) {
      // Placed again when the image is finished; here only to refuse at once what does not fit.
      Xattrs.place(attributes.xattrs());
    }
    return attributes;
  }

  private static Stat statOf(Node node) {
    int major = node instanceof Node.Special special ? special.major : 0;
    int minor = node instanceof Node.Special special ? special.minor : 0;
    return new Stat(
        node.type(),
        node.attributes,
        node.sizeBytes(),
        InodeRecord.links(node),
        node.linkTarget(),
        major,
        minor,
        0);
  }
}
