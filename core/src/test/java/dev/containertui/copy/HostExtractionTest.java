package dev.containertui.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that a container made to harm the host, and those that are only unusual. */
class HostExtractionTest {
  @TempDir Path temp;
  private Path target;
  private Path victim;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void aVictimBesideTheTarget() throws IOException {
    target = Files.createDirectory(temp.resolve("target"));
    victim = Files.createDirectory(temp.resolve("victim"));
    Files.writeString(victim.resolve("file"), "untouched");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  private HostExtractionTest file(String name, String content) throws IOException {
    return file(name, content, 0644);
  }

  private HostExtractionTest file(String name, String content, int mode) throws IOException {
    byte[] data = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
    entry.setSize(data.length);
    entry.setMode(mode);
    entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(1_000_000)));
    tar.putArchiveEntry(entry);
    tar.write(data);
    tar.closeArchiveEntry();
    return this;
  }

  private HostExtractionTest other(String name, byte type, String link) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(link);
    entry.setMode(type == TarConstants.LF_DIR ? 0755 : 0644);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  private void unpack() throws IOException {
    unpack("top", "top");
  }

  private void unpack(String from, String to) throws IOException {
    tar.finish();
    HostExtraction.unpack(
        new ByteArrayInputStream(bytes.toByteArray()), target, from, to, false, warnings::add);
  }

  private void refused(EngineException.Kind kind) throws IOException {
    EngineException e = assertThrows(EngineException.class, this::unpack);
    assertEquals(kind, e.kind(), e.getMessage());
    assertUntouched();
  }

  private void assertUntouched() throws IOException {
    assertEquals("untouched", Files.readString(victim.resolve("file")));
    try (var files = Files.list(victim)) {
      assertEquals(1, files.count());
    }
    try (var files = Files.list(temp)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void filesDirectoriesAndLinksComeOutAsTheyWere() throws Exception {
    other("top/", TarConstants.LF_DIR, "");
    file("top/f", "content", 0751);
    other("top/link", TarConstants.LF_SYMLINK, "../anywhere");
    other("top/hard", TarConstants.LF_LINK, "top/f");
    unpack();
    Path file = target.resolve("top/f");
    assertEquals("content", Files.readString(file));
    assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(Instant.ofEpochSecond(1_000_000), Files.getLastModifiedTime(file).toInstant());
    assertEquals("../anywhere", Files.readSymbolicLink(target.resolve("top/link")).toString());
    assertTrue(Files.isSameFile(file, target.resolve("top/hard")));
  }

  @Test
  void theTopGetsItsNewName() throws Exception {
    file("top/f", "x");
    other("top/hard", TarConstants.LF_LINK, "top/f");
    unpack("top", "new");
    assertEquals("x", Files.readString(target.resolve("new/hard")));
    assertFalse(Files.exists(target.resolve("top")));
  }

  @Test
  void readOnlyDirectoriesAreFilledFirst() throws Exception {
    TarArchiveEntry entry = new TarArchiveEntry("top/", TarConstants.LF_DIR, true);
    entry.setMode(0555);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    file("top/f", "x");
    unpack();
    Path top = target.resolve("top");
    assertEquals("r-xr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(top)));
    assertTrue(Files.exists(top.resolve("f")));
    Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../victim/file",
        "top/../../victim/file",
        "/tmp/evil",
        "other/file",
        "top/../evil",
        ".."
      })
  void namesThatLeadOutAreRefused(String name) throws Exception {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    refused(EngineException.Kind.CORRUPT);
  }

  @Test
  void aPlantedLinkToADirectoryIsNotFollowed() throws Exception {
    other("top/", TarConstants.LF_DIR, "");
    other("top/link", TarConstants.LF_SYMLINK, victim.toString());
    file("top/link/file", "evil");
    refused(EngineException.Kind.CONFLICT);
  }

  @Test
  void aPlantedTopThatIsALinkIsNotFollowed() throws Exception {
    other("top", TarConstants.LF_SYMLINK, victim.toString());
    file("top/file", "evil");
    refused(EngineException.Kind.CONFLICT);
  }

  @Test
  void aPlantedLinkToAFileIsReplacedAndNotWrittenThrough() throws Exception {
    other("top/link", TarConstants.LF_SYMLINK, victim.resolve("file").toString());
    file("top/link", "evil");
    unpack();
    assertUntouched();
    assertFalse(Files.isSymbolicLink(target.resolve("top/link")));
    assertEquals("evil", Files.readString(target.resolve("top/link")));
  }

  @Test
  void aPlantedLinkDoesNotChangeTheModeOfWhatItLeadsTo() throws Exception {
    var before = Files.getPosixFilePermissions(victim.resolve("file"));
    other("top/link", TarConstants.LF_SYMLINK, victim.resolve("file").toString());
    unpack();
    assertEquals(before, Files.getPosixFilePermissions(victim.resolve("file")));
  }

  @Test
  void aLinkThatWasThereBeforeIsNotFollowedEither() throws Exception {
    Files.createDirectory(target.resolve("top"));
    Files.createSymbolicLink(target.resolve("top/link"), victim);
    file("top/link/file", "evil");
    refused(EngineException.Kind.CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../victim/file", "top/../../victim/file", "/etc/passwd"})
  void hardLinksThatLeadOutAreRefused(String link) throws Exception {
    other("top/hard", TarConstants.LF_LINK, link);
    refused(EngineException.Kind.CORRUPT);
  }

  @Test
  void hardLinksToWhatTheArchiveDidNotBringAreRefused() throws Exception {
    Files.createDirectory(target.resolve("top"));
    Files.writeString(target.resolve("top/mine"), "private");
    other("top/hard", TarConstants.LF_LINK, "top/mine");
    file("top/hard", "evil");
    refused(EngineException.Kind.CORRUPT);
    assertEquals("private", Files.readString(target.resolve("top/mine")));
  }

  @Test
  void hardLinksThroughAPlantedLinkAreRefused() throws Exception {
    other("top/link", TarConstants.LF_SYMLINK, victim.toString());
    other("top/hard", TarConstants.LF_LINK, "top/link/file");
    refused(EngineException.Kind.CORRUPT);
  }

  @Test
  void aFileThatBecameALinkIsNotWrittenThroughAHardLink() throws Exception {
    file("top/f", "x");
    other("top/f", TarConstants.LF_SYMLINK, victim.resolve("file").toString());
    other("top/hard", TarConstants.LF_LINK, "top/f");
    refused(EngineException.Kind.CORRUPT);
  }

  @Test
  void noSetUserIdAndNoDevices() throws Exception {
    file("top/suid", "x", 06755);
    other("top/device", TarConstants.LF_CHR, "");
    other("top/fifo", TarConstants.LF_FIFO, "");
    unpack();
    int mode = (Integer) Files.getAttribute(target.resolve("top/suid"), "unix:mode");
    assertEquals(0755, mode & 07777);
    assertFalse(Files.exists(target.resolve("top/device"), LinkOption.NOFOLLOW_LINKS));
    assertFalse(Files.exists(target.resolve("top/fifo"), LinkOption.NOFOLLOW_LINKS));
    assertEquals(2, warnings.size());
  }

  @Test
  void directoriesAndFilesDoNotReplaceEachOther() throws Exception {
    Files.createDirectories(target.resolve("top/d"));
    file("top/d", "x");
    refused(EngineException.Kind.CONFLICT);
    assertTrue(Files.isDirectory(target.resolve("top/d")));
  }

  @Test
  void aDirectoryDoesNotReplaceAFile() throws Exception {
    Files.createDirectory(target.resolve("top"));
    Files.writeString(target.resolve("top/f"), "mine");
    other("top/f/", TarConstants.LF_DIR, "");
    refused(EngineException.Kind.CONFLICT);
    assertEquals("mine", Files.readString(target.resolve("top/f")));
  }

  @Test
  void aTruncatedArchiveIsAFailure() throws Exception {
    file("top/f", "x".repeat(5000));
    tar.finish();
    byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), 2000);
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                HostExtraction.unpack(
                    new ByteArrayInputStream(cut), target, "top", "top", false, warnings::add));
    assertEquals(EngineException.Kind.CORRUPT, e.kind());
  }

  @Test
  void garbageIsAFailure() {
    byte[] garbage = new byte[4096];
    new java.util.Random(3).nextBytes(garbage);
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                HostExtraction.unpack(
                    new ByteArrayInputStream(garbage), target, "top", "top", false, warnings::add));
    assertEquals(EngineException.Kind.CORRUPT, e.kind());
  }
}
