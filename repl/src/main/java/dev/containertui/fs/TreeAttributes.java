package dev.containertui.fs;

import dev.containertui.container.FileStat;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a file in a container or image is; users and groups are named by their numbers. */
record TreeAttributes(FileStat stat) implements PosixFileAttributes {
  /** A user or group, by number. */
  private record Principal(long id) implements GroupPrincipal {
    @Override
    public String getName() {
      return Long.toString(id);
    }

    @Override
    public String toString() {
      return getName();
    }
  }

  @Override
  public Principal owner() {
    return new Principal(stat.uid());
  }

  @Override
  public GroupPrincipal group() {
    return new Principal(stat.gid());
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // OWNER_READ … OTHERS_EXECUTE
    for (int i = 0; i < all.length; i++) {
      if ((stat.permissions() & (0400 >> i)) != 0) {
        permissions.add(all[i]);
      }
    }
    return permissions;
  }

  @Override
  public FileTime lastModifiedTime() {
    return FileTime.from(stat.modified());
  }

  /** Not told: the time of the last change of the content stands for it. */
  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime();
  }

  /** Not told: the time of the last change of the content stands for it. */
  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  @Override
  public boolean isRegularFile() {
    return stat.kind() == FileStat.Kind.FILE;
  }

  @Override
  public boolean isDirectory() {
    return stat.kind() == FileStat.Kind.DIRECTORY;
  }

  @Override
  public boolean isSymbolicLink() {
    return stat.kind() == FileStat.Kind.SYMBOLIC_LINK;
  }

  @Override
  public boolean isOther() {
    return !isRegularFile() && !isDirectory() && !isSymbolicLink();
  }

  @Override
  public long size() {
    return stat.sizeBytes();
  }

  /** Not told. */
  @Override
  public Object fileKey() {
    return null;
  }

  /** The whole {@code st_mode} of stat(2): the kind's bits and the permissions. */
  int mode() {
    int kind =
        switch (stat.kind()) {
          case FIFO -> 0010000;
          case CHARACTER_DEVICE -> 0020000;
          case DIRECTORY -> 0040000;
          case BLOCK_DEVICE -> 0060000;
          case FILE -> 0100000;
          case SYMBOLIC_LINK -> 0120000;
          case SOCKET -> 0140000;
        };
    return kind | stat.permissions();
  }

  /** By name, as {@link java.nio.file.Files#readAttributes} has them for a view. */
  Map<String, Object> named(String view) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("size", size());
    all.put("lastModifiedTime", lastModifiedTime());
    all.put("lastAccessTime", lastAccessTime());
    all.put("creationTime", creationTime());
    all.put("isRegularFile", isRegularFile());
    all.put("isDirectory", isDirectory());
    all.put("isSymbolicLink", isSymbolicLink());
    all.put("isOther", isOther());
    all.put("fileKey", fileKey());
    Map<String, Object> owners = new LinkedHashMap<>();
    owners.put("owner", owner());
    switch (view) {
      case "basic" -> {}
      case "owner" -> {
        return owners;
      }
      case "posix", "unix" -> {
        all.putAll(owners);
        all.put("group", group());
        all.put("permissions", permissions());
        if (view.equals("unix")) {
          all.put("mode", mode());
          all.put("uid", Math.toIntExact(stat.uid()));
          all.put("gid", Math.toIntExact(stat.gid()));
        }
      }
      default ->
          throw new UnsupportedOperationException(
              "there is no view \"" + view + "\" of a container's files");
    }
    return all;
  }
}
