package dev.containertui.fs;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Attributes to be read; not to be set. */
record TreeAttributeView(
    TreeProvider provider, Path path, LinkOption[] options, Class<? extends FileAttributeView> type)
    implements PosixFileAttributeView {
  @Override
  public String name() {
    return type == PosixFileAttributeView.class
        ? "posix"
        : type == FileOwnerAttributeView.class ? "owner" : "basic";
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return provider.readAttributes(path, PosixFileAttributes.class, options);
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setTimes(FileTime modified, FileTime accessed, FileTime created) {
    provider.setAttribute(path, "basic:lastModifiedTime", modified);
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) {
    provider.setAttribute(path, "posix:permissions", permissions);
  }

  @Override
  public void setGroup(GroupPrincipal group) {
    provider.setAttribute(path, "posix:group", group);
  }

  @Override
  public void setOwner(UserPrincipal owner) {
    provider.setAttribute(path, "owner:owner", owner);
  }
}
