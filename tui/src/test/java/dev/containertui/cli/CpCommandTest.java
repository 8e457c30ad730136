package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.CliFixture.Result;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cp} between this host and containers whose archives are made and read by tar(1). */
@Timeout(60)
class CpCommandTest {
  @TempDir Path temp;
  private final CliFixture cli = new CliFixture();
  private Path host;
  private Path root;

  @BeforeEach
  void aContainerThatRuns() throws IOException {
    host = Files.createDirectory(temp.resolve("host"));
    root = container("c");
  }

  private Path container(String name) throws IOException {
    cli.engine.containers().create(ContainerSpec.of("i").name(name).build());
    FakeContainer container = cli.engine.containers.getLast();
    container.state = Optional.of(new ContainerState.Running(Instant.EPOCH, 1));
    container.files.root = Files.createDirectory(temp.resolve("root-" + name));
    Files.createDirectory(container.files.root.resolve("tmp"));
    return container.files.root;
  }

  private static void tree(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("nested/deep"));
    Files.writeString(directory.resolve("a"), "a of " + directory.getFileName());
    Files.writeString(directory.resolve("nested/deep/b"), "b");
  }

  private static void assertTree(Path directory) throws IOException {
    assertTrue(Files.readString(directory.resolve("a")).startsWith("a of "));
    assertEquals("b", Files.readString(directory.resolve("nested/deep/b")));
  }

  private Result cp(String... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "cp";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return cli.run(line);
  }

  private String at(String path) {
    return host.resolve(path) + (path.endsWith("/") ? "/" : path.endsWith("/.") ? "/." : "");
  }

  @Test
  void hostToContainer() throws IOException {
    Files.writeString(host.resolve("f"), "hello");
    cp(at("f"), "c:/tmp/").expect(0);
    assertEquals("hello", Files.readString(root.resolve("tmp/f")));
  }

  @Test
  void containerToHost() throws IOException {
    Files.writeString(root.resolve("tmp/f"), "hello");
    cp("c:/tmp/f", at("g")).expect(0);
    assertEquals("hello", Files.readString(host.resolve("g")));
  }

  @Test
  void theGroupsCommandDoesTheSame() throws IOException {
    Files.writeString(host.resolve("f"), "hello");
    cli.run("container", "cp", at("f"), "c:/tmp").expect(0);
    assertEquals("hello", Files.readString(root.resolve("tmp/f")));
  }

  @Test
  void localToLocalFails() throws IOException {
    Files.writeString(host.resolve("f"), "x");
    String err = cp(at("f"), at("g")).expect(1).err();
    assertTrue(err.contains("must be in a container"), err);
    cp("-", at("g")).expect(1);
  }

  @Test
  void containerToContainer() throws IOException {
    Path other = container("d");
    tree(root.resolve("tmp/dir"));
    cp("c:/tmp/dir", "d:/tmp").expect(0);
    assertTree(other.resolve("tmp/dir"));
    cp("c:/tmp/dir", "d:/tmp/new").expect(0);
    assertTree(other.resolve("tmp/new"));
    cp("c:/tmp/dir/.", "d:/tmp/new2").expect(0);
    assertTree(other.resolve("tmp/new2"));
    cp("c:/tmp/dir/.", "d:/tmp").expect(0);
    assertTree(other.resolve("tmp"));
    cp("c:/tmp/dir/a", "c:/tmp/b").expect(0);
    assertEquals("a of dir", Files.readString(root.resolve("tmp/b")));
  }

  @Test
  void toAContainerThatDoesNotRun() throws IOException {
    cli.engine.containers.getLast().state =
        Optional.of(new ContainerState.Exited(Instant.EPOCH, 0));
    Files.writeString(host.resolve("f"), "hello");
    cp(at("f"), "c:/tmp/f2").expect(0);
    assertEquals("hello", Files.readString(root.resolve("tmp/f2")));
  }

  @Test
  void directoryHostToContainer() throws IOException {
    Files.createDirectory(host.resolve("dir"));
    Files.writeString(host.resolve("dir/a"), "x");
    cp(at("dir"), "c:/tmp").expect(0);
    assertEquals("x", Files.readString(root.resolve("tmp/dir/a")));
  }

  @Test
  void directoryContainerToHost() throws IOException {
    Files.createDirectory(root.resolve("dir"));
    Files.writeString(root.resolve("dir/a"), "x");
    cp("c:/dir", host.toString()).expect(0);
    assertEquals("x", Files.readString(host.resolve("dir/a")));
  }

  @Test
  void nestedDirectoryHostToContainer() throws IOException {
    tree(host.resolve("dir"));
    cp(at("dir"), "c:/tmp").expect(0);
    assertTree(root.resolve("tmp/dir"));
  }

  @Test
  void nestedDirectoryContainerToHost() throws IOException {
    tree(root.resolve("dir"));
    cp("c:/dir", host.toString()).expect(0);
    assertTree(host.resolve("dir"));
  }

  @Test
  void outFileToExistingFile() throws IOException {
    Files.writeString(root.resolve("f"), "new");
    Files.writeString(host.resolve("g"), "old and longer");
    cp("c:/f", at("g")).expect(0);
    assertEquals("new", Files.readString(host.resolve("g")));
  }

  @Test
  void outDirectoryToExistingFileFails() throws IOException {
    tree(root.resolve("dir"));
    Files.writeString(host.resolve("g"), "old");
    assertTrue(cp("c:/dir", at("g")).expect(1).err().contains("cannot copy directory"));
    assertEquals("old", Files.readString(host.resolve("g")));
  }

  @Test
  void outFileToExistingDirectory() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    Files.createDirectory(host.resolve("d"));
    cp("c:/f", at("d")).expect(0);
    assertEquals("x", Files.readString(host.resolve("d/f")));
  }

  @Test
  void outDirectoryToExistingDirectory() throws IOException {
    tree(root.resolve("dir"));
    Files.createDirectory(host.resolve("d"));
    cp("c:/dir", at("d")).expect(0);
    assertTree(host.resolve("d/dir"));
  }

  @Test
  void outFileToNonExistingTrailingSlashFails() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    assertTrue(cp("c:/f", at("gone/")).expect(1).err().contains("no such directory"));
    assertFalse(Files.exists(host.resolve("gone")));
  }

  @Test
  void outDirectoryToNonExistingTrailingSlash() throws IOException {
    tree(root.resolve("dir"));
    cp("c:/dir", at("new/")).expect(0);
    assertTree(host.resolve("new"));
  }

  @Test
  void outFileToExistingDirectoryTrailingSlash() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    Files.createDirectory(host.resolve("d"));
    cp("c:/f", at("d/")).expect(0);
    assertEquals("x", Files.readString(host.resolve("d/f")));
  }

  @Test
  void outDirectoryToExistingDirectoryTrailingSlash() throws IOException {
    tree(root.resolve("dir"));
    Files.createDirectory(host.resolve("d"));
    cp("c:/dir/", at("d/")).expect(0);
    assertTree(host.resolve("d/dir"));
  }

  @Test
  void outDirectoryContentsToNonExisting() throws IOException {
    tree(root.resolve("dir"));
    cp("c:/dir/.", at("new")).expect(0);
    assertTree(host.resolve("new"));
  }

  @Test
  void outDirectoryContentsToExistingFileFails() throws IOException {
    tree(root.resolve("dir"));
    Files.writeString(host.resolve("g"), "old");
    cp("c:/dir/.", at("g")).expect(1);
    assertEquals("old", Files.readString(host.resolve("g")));
  }

  @Test
  void outDirectoryContentsToExistingDirectory() throws IOException {
    tree(root.resolve("dir"));
    Files.createDirectory(host.resolve("d"));
    cp("c:/dir/.", at("d")).expect(0);
    assertTree(host.resolve("d"));
  }

  @Test
  void outDirectoryContentsToNonExistingTrailingSlash() throws IOException {
    tree(root.resolve("dir"));
    cp("c:/dir/.", at("new/")).expect(0);
    assertTree(host.resolve("new"));
  }

  @Test
  void outDirectoryContentsToExistingDirectoryTrailingSlash() throws IOException {
    tree(root.resolve("dir"));
    Files.createDirectory(host.resolve("d"));
    cp("c:/dir/.", at("d/")).expect(0);
    assertTree(host.resolve("d"));
  }

  @Test
  void inFileToExistingFile() throws IOException {
    Files.writeString(host.resolve("f"), "new");
    Files.writeString(root.resolve("tmp/g"), "old and longer");
    cp(at("f"), "c:/tmp/g").expect(0);
    assertEquals("new", Files.readString(root.resolve("tmp/g")));
  }

  @Test
  void inDirectoryToExistingFileFails() throws IOException {
    tree(host.resolve("dir"));
    Files.writeString(root.resolve("tmp/g"), "old");
    assertTrue(cp(at("dir"), "c:/tmp/g").expect(1).err().contains("cannot copy directory"));
    assertEquals("old", Files.readString(root.resolve("tmp/g")));
  }

  @Test
  void inFileToExistingDirectory() throws IOException {
    Files.writeString(host.resolve("f"), "x");
    cp(at("f"), "c:/tmp").expect(0);
    assertEquals("x", Files.readString(root.resolve("tmp/f")));
  }

  @Test
  void inDirectoryToExistingDirectory() throws IOException {
    tree(host.resolve("dir"));
    Files.createDirectory(root.resolve("tmp/d"));
    cp(at("dir"), "c:/tmp/d").expect(0);
    assertTree(root.resolve("tmp/d/dir"));
  }

  @Test
  void inFileToNonExistingTrailingSlashFails() throws IOException {
    Files.writeString(host.resolve("f"), "x");
    assertTrue(cp(at("f"), "c:/tmp/gone/").expect(1).err().contains("no such directory"));
  }

  @Test
  void inDirectoryToNonExistingTrailingSlash() throws IOException {
    tree(host.resolve("dir"));
    cp(at("dir"), "c:/tmp/new/").expect(0);
    assertTree(root.resolve("tmp/new"));
  }

  @Test
  void inDirectoryContentsToNonExisting() throws IOException {
    tree(host.resolve("dir"));
    cp(at("dir/."), "c:/tmp/new").expect(0);
    assertTree(root.resolve("tmp/new"));
  }

  @Test
  void inDirectoryContentsToExistingFileFails() throws IOException {
    tree(host.resolve("dir"));
    Files.writeString(root.resolve("tmp/g"), "old");
    cp(at("dir/."), "c:/tmp/g").expect(1);
    assertEquals("old", Files.readString(root.resolve("tmp/g")));
  }

  @Test
  void inDirectoryContentsToExistingDirectory() throws IOException {
    tree(host.resolve("dir"));
    cp(at("dir/."), "c:/tmp").expect(0);
    assertTree(root.resolve("tmp"));
  }

  @Test
  void inDirectoryContentsToNonExistingTrailingSlash() throws IOException {
    tree(host.resolve("dir"));
    cp(at("dir/."), "c:/tmp/new/").expect(0);
    assertTree(root.resolve("tmp/new"));
  }

  @Test
  void inDirectoryContentsToExistingDirectoryTrailingSlash() throws IOException {
    tree(host.resolve("dir"));
    cp(at("dir/."), "c:/tmp/").expect(0);
    assertTree(root.resolve("tmp"));
  }

  @Test
  void inRelativeSourcePath() {
    cp("pom.xml", "c:/tmp").expect(0);
    assertTrue(Files.exists(root.resolve("tmp/pom.xml")));
    cp("./src/../pom.xml", "c:/tmp/two").expect(0);
    assertTrue(Files.exists(root.resolve("tmp/two")));
  }

  @Test
  void outRelativeDestinationPath() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    Path relative = Path.of("").toAbsolutePath().relativize(host.resolve("g"));
    cp("c:f", relative.toString()).expect(0);
    assertEquals("x", Files.readString(host.resolve("g")));
    assertTrue(cp("c:/f", "gone/x").expect(1).err().contains("invalid output path"));
  }

  @Test
  void linksAreCopiedAsLinksUnlessTheyAreToBeFollowed() throws IOException {
    Files.writeString(root.resolve("real"), "content");
    Files.createSymbolicLink(root.resolve("link"), Path.of("real"));
    cp("c:/link", at("as-link")).expect(0);
    assertEquals("real", Files.readSymbolicLink(host.resolve("as-link")).toString());
    cp("-L", "c:/link", host.toString()).expect(0);
    assertFalse(Files.isSymbolicLink(host.resolve("link")));
    assertEquals("content", Files.readString(host.resolve("link")));

    Files.writeString(host.resolve("real"), "mine");
    Files.delete(host.resolve("link"));
    Files.createSymbolicLink(host.resolve("link"), Path.of("real"));
    cp(at("link"), "c:/tmp").expect(0);
    assertTrue(Files.isSymbolicLink(root.resolve("tmp/link")));
    cp("-L", at("link"), "c:/tmp/file").expect(0);
    assertEquals("mine", Files.readString(root.resolve("tmp/file")));
  }

  @Test
  void aLinkThatIsTheTargetIsFollowedInsideTheContainer() throws IOException {
    Files.createDirectory(root.resolve("data"));
    Files.createSymbolicLink(root.resolve("tmp/link"), Path.of("/data"));
    Files.writeString(host.resolve("f"), "x");
    cp(at("f"), "c:/tmp/link").expect(0);
    assertEquals("x", Files.readString(root.resolve("data/f")));
  }

  @Test
  void aDirectoryBehindALinkIsMeantWhereASlashSaysSo() throws IOException {
    tree(root.resolve("dir"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("dir"));
    cp("c:/link/", host.toString()).expect(0);
    assertTree(host.resolve("link"));
    cp("c:/link/.", at("contents")).expect(0);
    assertTree(host.resolve("contents"));
  }

  @Test
  void archivesGoThroughTheStandardStreams() throws IOException {
    tree(root.resolve("dir"));
    cp("c:/dir", "-").expect(0);
    byte[] archive = ((ByteArrayOutputStream) cli.out).toByteArray();
    cli.out = new ByteArrayOutputStream();
    cli.in = new ByteArrayInputStream(archive);
    cp("-", "c:/tmp").expect(0);
    assertTree(root.resolve("tmp/dir"));
    assertTrue(cp("-", "c:/tmp/dir/a").expect(1).err().contains("must be a directory"));
    cli.terminal = true;
    assertTrue(cp("c:/dir", "-").expect(1).err().contains("refusing to save to a terminal"));
  }

  @Test
  void filesInAContainerBelongToRootUnlessTheirOwnersAreKept() throws IOException {
    Files.writeString(host.resolve("f"), "x");
    int uid = (Integer) Files.getAttribute(host.resolve("f"), "unix:uid");
    FakeFiles files = cli.engine.containers.getLast().files;
    cp(at("f"), "c:/tmp").expect(0);
    assertEquals(0L, first(files.lastArchive).getLongUserId());
    cp("-a", at("f"), "c:/tmp").expect(0);
    assertEquals(uid, first(files.lastArchive).getLongUserId());
  }

  @Test
  void whatIsNotThereIsAFailure() {
    assertTrue(cp("c:/gone", host.toString()).expect(1).err().contains("no such file"));
    assertTrue(cp(at("gone"), "c:/tmp").expect(1).err().contains("no such file"));
    assertTrue(cp("nobody:/x", host.toString()).expect(1).err().contains("no such container"));
    cp(at("gone"), "c:/gone/too/deep").expect(1);
  }

  @Test
  void aTargetWhoseParentIsNotThereIsAFailure() throws IOException {
    Files.writeString(host.resolve("f"), "x".repeat(3_000_000));
    assertTrue(cp(at("f"), "c:/no/such/f").expect(1).err().contains("no such directory"));
  }

  @Test
  void aHostileContainerCannotWriteBesideTheTarget() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    Files.createDirectory(host.resolve("d"));
    Path evil = Files.createDirectories(temp.resolve("evil/d"));
    Files.writeString(temp.resolve("evil/escaped"), "evil");
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    Process tar =
        new ProcessBuilder("tar", "-C", evil.toString(), "-P", "-cf", "-", "../escaped").start();
    tar.getInputStream().transferTo(archive);
    cli.engine.containers.getLast().files.hostileArchive = Optional.of(archive.toByteArray());
    assertTrue(cp("c:/f", at("d")).expect(1).err().contains("leads out"));
    assertFalse(Files.exists(host.resolve("escaped")));
    assertEquals(List.of(), Files.list(host.resolve("d")).toList());
  }

  private static TarArchiveEntry first(byte[] archive) throws IOException {
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
      return tar.getNextEntry();
    }
  }
}
