package dev.containertui.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.container.FileStat;
import dev.containertui.container.FileTree;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths in containers behave as those of Unix do, which the JDK's own are taken for. */
class TreePathTest {
  private static final FileTree NOTHING =
      new FileTree() {
        @Override
        public FileStat stat(String path) {
          throw new AssertionError("nothing is to be asked");
        }
      };

  private static final TreeFileSystem FS = TreeFileSystem.ofImage("alpine", NOTHING);

  static List<String> paths() {
    return List.of(
        "/",
        "",
        "a",
        "/a",
        "a/b",
        "/a/b/c",
        "//a//b/",
        "../a",
        "a/../b",
        "/../a",
        "/a/./b/..",
        "..",
        ".",
        "a/.",
        "/a/b/../../..",
        "é/三");
  }

  private static String text(Path path) {
    return path == null ? "null" : path.toString();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void onePath(String text) {
    Path expected = Path.of(text);
    Path path = FS.getPath(text);
    assertEquals(expected.toString(), path.toString());
    assertEquals(expected.isAbsolute(), path.isAbsolute());
    assertEquals(expected.getNameCount(), path.getNameCount());
    assertEquals(text(expected.getParent()), text(path.getParent()));
    assertEquals(text(expected.getFileName()), text(path.getFileName()));
    assertEquals(text(expected.getRoot()), text(path.getRoot()));
    assertEquals(expected.normalize().toString(), path.normalize().toString());
    for (int i = 0; i < expected.getNameCount(); i++) {
      assertEquals(expected.getName(i).toString(), path.getName(i).toString());
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void twoPaths(String text) {
    for (String other : paths()) {
      String what = text + " and " + other;
      Path first = Path.of(text);
      Path second = Path.of(other);
      Path path = FS.getPath(text);
      Path otherPath = FS.getPath(other);
      assertEquals(first.resolve(second).toString(), path.resolve(otherPath).toString(), what);
      assertEquals(first.startsWith(second), path.startsWith(otherPath), what + " start");
      assertEquals(first.endsWith(second), path.endsWith(otherPath), what + " end");
      assertEquals(first.equals(second), path.equals(otherPath), what);
      if (first.isAbsolute() == second.isAbsolute() && !(text + other).contains(".")) {
        assertEquals(
            first.relativize(second).toString(), path.relativize(otherPath).toString(), what);
      }
    }
  }

  @Test
  void pathsOfOneContainerAreOfOneFileSystem() {
    assertEquals(TreeFileSystem.ofImage("alpine", NOTHING).getPath("/a"), FS.getPath("/a"));
    assertNotEquals(TreeFileSystem.ofImage("other", NOTHING).getPath("/a"), FS.getPath("/a"));
    assertEquals("/a", FS.root().resolve("a").toString());
    assertEquals("container-tui://alpine/a", FS.getPath("/a").toUri().toString());
    assertThrows(ProviderMismatchException.class, () -> FS.root().resolve(Path.of("a")));
    assertThrows(InvalidPathException.class, () -> FS.getPath("a\0b"));
    assertEquals(true, FS.getPathMatcher("glob:/etc/*.conf").matches(FS.getPath("/etc/a.conf")));
  }
}
