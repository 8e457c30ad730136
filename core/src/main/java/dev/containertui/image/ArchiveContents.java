package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Printable;
import dev.containertui.rootfs.TarMembers;
import dev.containertui.rootfs.TarMembers.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an archive of images, each under a name of our own until it is known whether it is
 * needed. Names in the archive are keys here and nothing else; links lead from one of them to
 * another.
 */
final class ArchiveContents implements AutoCloseable {
  static final String WHAT = "the archive of images";

  /** Ten thousand layers, in a format that needs three files for each. */
  private static final int MAX_FILES = 30_000;

  private static final int MAX_NAME_CHARS = 4096;
  private static final int MAX_LINKS = 8;
  private static final String BLOBS = "blobs/";

  private final BlobStore blobs;
  private final Map<String, NewBlob> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private ArchiveContents(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * Reads an archive to its end.
   *
   * @throws EngineException CORRUPT also if a blob is not what its name says; EXHAUSTED
   * @throws IOException if the source fails
   */
  static ArchiveContents read(InputStream archive, BlobStore blobs) throws IOException {
    ArchiveContents contents = new ArchiveContents(blobs);
    try (TarMembers members = TarMembers.open(archive, OutputStream.nullOutputStream(), WHAT)) {
      for (Optional<Member> member = members.next(); member.isPresent(); member = members.next()) {
        contents.add(member.get(), members);
      }
      members.drain();
      return contents;
    } catch (IOException | RuntimeException | Error e) {
      contents.close();
      throw e;
    }
  }

  private void add(Member member, TarMembers members) throws IOException {
    if (files.size() + links.size() >= MAX_FILES || member.name().length() > MAX_NAME_CHARS) {
      throw corrupt("has too many files in it, or too long a name");
    }
    Optional<String> name = normal("", member.name());
    switch (member.type()) {
      case FILE -> addFile(name.orElseThrow(() -> outside(member.name())), member, members);
      case SYMBOLIC_LINK -> {
        String from = name.orElseThrow(() -> outside(member.name()));
        String folder = from.substring(0, from.lastIndexOf('/') + 1);
        addLink(from, normal(folder, member.linkTarget()), member);
      }
      case HARD_LINK ->
          addLink(
              name.orElseThrow(() -> outside(member.name())),
              normal("", member.linkTarget()),
              member);
      case DIRECTORY, OTHER -> {
        return; // Nothing that could be needed.
      }
    }
  }

  private void addLink(String from, Optional<String> to, Member member) {
    if (files.containsKey(from)
        || links.putIfAbsent(from, to.orElseThrow(() -> outside(member.linkTarget()))) != null) {
      throw twice(from);
    }
  }

  private void addFile(String name, Member member, TarMembers members) throws IOException {
    requireSpace(member);
    Optional<Digest> promised = promised(name);
    NewBlob file =
        new NewBlob(blobs, promised.map(Digest::algorithm).orElse(Digest.Algorithm.SHA256));
    try {
      members.copyTo(file);
      Digest digest = file.finish();
      if (promised.isPresent() && !promised.get().equals(digest)) {
        throw corrupt("has something else under the name " + name);
      }
      NewBlob other = links.containsKey(name) ? null : files.get(name);
      if (links.containsKey(name) || other != null && !other.finish().equals(digest)) {
        throw twice(name);
      }
      if (other == null) {
        files.put(name, file);
      } else {
        file.close();
      }
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private void requireSpace(Member member) {
    long free = blobs.freeBytes();
    if (member.sizeBytes() > free) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "not enough space: a file in %s has %d MB, the disk has %d MB"
              .formatted(WHAT, (member.sizeBytes() >> 20) + 1, free >> 20),
          "free some space, for example by removing images that are not needed");
    }
  }

  /** The digest that a name in the layout's folder of blobs stands for. */
  private static Optional<Digest> promised(String name) {
    if (!name.startsWith(BLOBS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Digest.parse(name.substring(BLOBS.length()).replace('/', ':')));
    } catch (EngineException anythingElse) {
      return Optional.empty();
    }
  }

  /** A name without {@code .}, {@code ..} and doubled slashes; none if it leads out. */
  private static Optional<String> normal(String folder, String name) {
    Deque<String> parts = new ArrayDeque<>();
    if (name.startsWith("/")) {
      return Optional.empty();
    }
    for (String part : (folder + name).split("/")) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }

  /** The file of a name, through links. */
  Optional<NewBlob> find(String name) {
    Optional<String> at = normal("", name);
    for (int i = 0; i < MAX_LINKS && at.isPresent(); i++) {
      String target = links.get(at.get());
      if (target == null) {
        return Optional.ofNullable(files.get(at.get()));
      }
      at = Optional.of(target);
    }
    return Optional.empty();
  }

  /** The blob of a digest in the layout. */
  Optional<NewBlob> find(Digest digest) {
    return find(BLOBS + digest.algorithm().word() + "/" + digest.hex());
  }

  /**
   * Reads a document.
   *
   * @throws EngineException CORRUPT if it is larger than {@code maxBytes}
   */
  byte[] read(NewBlob file, String name, int maxBytes) throws IOException {
    if (file.size() > maxBytes) {
      throw corrupt("has too large a " + Printable.of(name) + ": " + file.size() + " bytes");
    }
    return Files.readAllBytes(file.file());
  }

  static EngineException corrupt(String how) {
    return new EngineException(
        Kind.CORRUPT, WHAT + " " + how, "make the archive again with docker save or skopeo");
  }

  private static EngineException outside(String name) {
    return corrupt("has a name in it that leads out of it: " + Printable.of(name));
  }

  private static EngineException twice(String name) {
    return corrupt("has two different files under the name " + Printable.of(name));
  }

  /** Removes what was not kept. */
  @Override
  public void close() {
    files.values().forEach(NewBlob::close);
  }
}
