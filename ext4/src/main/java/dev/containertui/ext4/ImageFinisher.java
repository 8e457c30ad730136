package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Writes everything but the content of files, in the order in which things become known: numbers of
 * inodes; attribute blocks, symlinks, directories; extent trees (their checksums hold the number of
 * the inode); with that the number of blocks, hence the geometry; tables; superblock last.
 */
final class ImageFinisher {
  private static final FileName LOST_AND_FOUND = FileName.of("lost+found");
  private static final int XATTR_CHECKSUM_OFFSET = 0x10;

  private final Ext4Options options;
  private final ImageFile image;
  private final BlockAllocator allocator;
  private final MetadataChecksum checksum;

  ImageFinisher(Ext4Options options, ImageFile image, BlockAllocator allocator) {
    this.options = options;
    this.image = image;
    this.allocator = allocator;
    this.checksum = new MetadataChecksum(options.uuid());
  }

  /** Returns the size of the image in bytes. */
  long finish(Node.Directory root) {
    Node.Directory lostAndFound = addLostAndFound(root);
    List<Node> nodes = number(root, lostAndFound);
    Optional<Node.File> journal =
        options.journalBytes() == 0
            ? Optional.empty()
            : Optional.of(Journal.write(options.journalBytes(), options.uuid(), image, allocator));
    journal.ifPresent(file -> nodes.set(Format.JOURNAL_INODE, file));
    DirectoryBlocks directories = new DirectoryBlocks(image, allocator, checksum);
    ExtentTree tree = new ExtentTree(image, allocator, checksum);
    for (Node node : nodes) {
      if (node != null) {
        writeXattrs(node);
        writeContent(node, lostAndFound, directories);
        if (node instanceof Node.Stored stored) {
          tree.write(stored);
        }
      }
    }
    long usedInodes = nodes.size() - 1;
    Geometry geometry =
        options.isFitted()
            ? Geometry.fitted(allocator.end(), usedInodes)
            : Geometry.ofSize(options.sizeBytes(), allocator.end(), usedInodes);
    if (geometry.sizeBytes() > Ext4Options.MAX_FITTED_BYTES && options.isFitted()) {
      throw new Ext4Exception(
          Ext4Exception.Reason.LIMIT,
          "the content takes more than " + Ext4Options.MAX_FITTED_BYTES + " bytes");
    }
    freeUnusedDescriptorBlocks(geometry);
    GroupTables tables = new GroupTables(image, geometry, checksum);
    tables.write(nodes, allocator.freeRuns());
    byte[] superblock = Superblock.encode(options, geometry, tables, journal);
    image.write(Format.SUPERBLOCK_OFFSET, superblock, 0, superblock.length);
    image.finish(geometry.sizeBytes());
    return geometry.sizeBytes();
  }

  private Node.Directory addLostAndFound(Node.Directory root) {
    if (!options.lostAndFound()) {
      return null;
    }
    if (root.children.containsKey(LOST_AND_FOUND)) {
      throw new Ext4Exception(
          Ext4Exception.Reason.INVALID, "/lost+found is made by the writer, do not create it");
    }
    Node.Directory directory = new Node.Directory(Attributes.of(0700), root);
    root.put(LOST_AND_FOUND, directory);
    return directory;
  }

  /** Numbers all inodes; returns them by number, null for reserved ones. */
  private static List<Node> number(Node.Directory root, Node.Directory lostAndFound) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < Format.FIRST_INODE; i++) {
      nodes.add(null);
    }
    root.number = Format.ROOT_INODE;
    nodes.set(Format.ROOT_INODE, root);
    if (lostAndFound != null) {
      lostAndFound.number = Format.FIRST_INODE;
      nodes.add(lostAndFound);
    }
    Deque<Node.Directory> pending = new ArrayDeque<>();
    pending.add(root);
    while (!pending.isEmpty()) {
      for (Node child : pending.remove().children.values()) {
        if (child.number == 0) {
          child.number = nodes.size();
          nodes.add(child);
        }
        if (child instanceof Node.Directory directory) {
          pending.add(directory);
        }
      }
    }
    return nodes;
  }

  private void writeXattrs(Node node) {
    if (node.attributes.xattrs().isEmpty()) {
      return;
    }
    Xattrs.Placed placed = Xattrs.place(node.attributes.xattrs());
    node.inlineXattrs = placed.inline();
    if (placed.block().length > 0) {
      node.xattrBlock = allocator.allocate(1);
      byte[] block = placed.block();
      int sum = checksum.ofXattrBlock(node.xattrBlock, block);
      ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(XATTR_CHECKSUM_OFFSET, sum);
      image.writeBlocks(node.xattrBlock, block, 0, block.length);
    }
  }

  private void writeContent(Node node, Node.Directory lostAndFound, DirectoryBlocks directories) {
    if (node instanceof Node.Directory directory) {
      directories.write(directory, directory == lostAndFound);
    } else if (node instanceof Node.Symlink symlink && !symlink.isFast()) {
      byte[] block = new byte[Format.BLOCK_BYTES];
      System.arraycopy(symlink.target, 0, block, 0, symlink.target.length);
      long number = allocator.allocate(1);
      image.writeBlocks(number, block, 0, block.length);
      symlink.extents.add(0, number, 1);
    }
  }

  /** A fitted image turned out smaller than the largest; so did its descriptor table. */
  private void freeUnusedDescriptorBlocks(Geometry geometry) {
    if (options.isFitted()) {
      long reserved =
          Format.blocksFor(
              Ext4Options.MAX_FITTED_BYTES
                  / Format.BLOCK_BYTES
                  / Format.BLOCKS_PER_GROUP
                  * Format.DESCRIPTOR_BYTES);
      long needed = Format.blocksFor((long) geometry.groups() * Format.DESCRIPTOR_BYTES);
      allocator.free(1 + needed, reserved - needed);
    }
  }
}
