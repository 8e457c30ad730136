package dev.containertui.tui.screen.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.oci.Platform;
import dev.containertui.rootfs.LayerFile;
import dev.containertui.rootfs.LayerFile.Effect;
import dev.containertui.rootfs.LayerFiles;
import dev.containertui.rootfs.TarEntry;
import dev.containertui.tui.GoldenScreen;
import dev.containertui.tui.Programs;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesScreenTest {
  private static String digest(int n) {
    return "sha256:" + "%064x".formatted(0xabcdef0123456789L * n);
  }

  private static ImageSummary image(int n, int ageHours, String... names) {
    return new ImageSummary(
        digest(n + 100),
        digest(n),
        List.of(names),
        new Platform("linux", "amd64", Optional.empty()),
        1_234_567L * n * n,
        Optional.of(Programs.NOW.minus(Duration.ofHours(ageHours))));
  }

  private static Programs program(int columns, int rows) {
    Programs program = Programs.only(new ImagesScreen(), columns, rows);
    List<ImageSummary> images =
        List.of(
            image(1, 3, "docker.io/library/busybox:1.36"),
            image(20, 200, "registry.example.com/a/team/with/a/long/name/service:2026-11", "x:1"),
            image(7, 5000));
    program.state =
        program
            .state
            .with(Facts.SLOT, f -> f.withContainers(List.of(), Programs.NOW).withImages(images))
            .put(
                ImageRow.USE,
                Map.of(
                    digest(1), new ImageUse(digest(1), 1_234_567, 234_567, 2),
                    digest(20), new ImageUse(digest(20), 493_826_800, 493_826_800, 0)))
            .put(
                ImagesScreen.DETAILS,
                Map.of(
                    digest(1),
                    new ImageDetail(
                        digest(1),
                        List.of(
                            new ImageDetail.Layer(0, digest(50), 1_000_000, "ADD rootfs.tar /"),
                            new ImageDetail.Layer(1, digest(51), 234_567, "RUN apt-get install x")),
                        false,
                        Map.of(0, files()),
                        "")));
    return program;
  }

  private static LayerFiles files() {
    return new LayerFiles(
        List.of(
            file("/bin", Effect.ADDED, TarEntry.Type.DIRECTORY, 0755, 0),
            file("/bin/su", Effect.ADDED, TarEntry.Type.FILE, 04755, 71_912),
            file("/etc/hosts", Effect.CHANGED, TarEntry.Type.FILE, 0644, 120),
            new LayerFile("/etc/motd", Effect.HIDDEN, Optional.empty(), 0, 0, Optional.empty()),
            new LayerFile("/var/cache", Effect.EMPTIED, Optional.empty(), 0, 0, Optional.empty()),
            new LayerFile(
                "/bin/sh",
                Effect.ADDED,
                Optional.of(TarEntry.Type.SYMLINK),
                0777,
                0,
                Optional.of("busybox"))),
        true);
  }

  private static LayerFile file(
      String path, Effect effect, TarEntry.Type type, int permissions, long size) {
    return new LayerFile(path, effect, Optional.of(type), permissions, size, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"80,24", "120,40", "60,15", "200,60"})
  void theList(int columns, int rows) {
    GoldenScreen.check("images", program(columns, rows).frame());
  }

  @ParameterizedTest
  @CsvSource({"80,24", "120,40", "60,15", "200,60"})
  void theFilesOfALayer(int columns, int rows) {
    Programs program = program(columns, rows);
    program.press(Kind.ENTER);
    program.press(Kind.ENTER);
    GoldenScreen.check("images-files", program.frame());
  }

  @ParameterizedTest
  @CsvSource({"80,24", "120,40", "60,15", "200,60"})
  void aPullWithItsBars(int columns, int rows) {
    Programs program = program(columns, rows);
    Pull pull = new Pull("docker.io/library/debian:12");
    pull.on(new PullEvent.Downloading(digest(60), 12_345_678, 48_000_000));
    pull.on(new PullEvent.Downloading(digest(61), 500, 500));
    program.state = program.state.put(Pulls.SLOT, List.of(pull));
    GoldenScreen.check("images-pull", program.frame());
  }

  @Test
  void escapeGoesBackStepByStep() {
    Programs program = program(80, 24);
    program.press(Kind.ENTER);
    program.press(Kind.ENTER);
    assertEquals(ImagesScreen.Focus.FILES, program.state.get(ImagesScreen.FOCUS));
    program.type("/hosts");
    program.press(Kind.ENTER);
    program.press(Kind.ESCAPE); // the filter first
    assertEquals(ImagesScreen.Focus.FILES, program.state.get(ImagesScreen.FOCUS));
    program.press(Kind.ESCAPE);
    program.press(Kind.ESCAPE);
    assertEquals(ImagesScreen.Focus.LIST, program.state.get(ImagesScreen.FOCUS));
  }

  @Test
  void removingAsksAndNamesWhatGoesAlsoIfItIsHidden() {
    Programs program = program(100, 30);
    program.type("  "); // marks two
    program.type("/busybox");
    program.press(Kind.ENTER);
    program.effects.clear();
    program.type("d");
    String question = program.picture();
    assertTrue(question.contains("Remove 2 images?"), question);
    assertTrue(question.contains("used by 2 containers"), question);
    assertTrue(question.contains("The filter hides one of them."), question);
    program.type("n");
    assertEquals(List.of(), program.effectNames());
    program.type("dy");
    assertEquals(1, program.effects.size());
    assertTrue(
        program
            .state
            .get(Shell.SLOT)
            .lastCommand()
            .orElseThrow()
            .commandLine()
            .startsWith("container-tui rmi busybox:1.36 "));
  }

  @Test
  void aPullIsStartedFromATypedName() {
    Programs program = program(100, 30);
    program.type("palpine");
    program.press(Kind.ENTER);
    assertEquals("pull alpine", program.effectNames().getLast());
    assertTrue(program.picture().contains("Pulling"), program.picture());
  }

  @Test
  void runningOpensThePaletteWithTheImage() {
    Programs program = program(100, 30);
    program.type("r");
    assertTrue(
        program.picture().stripTrailing().endsWith(":run -it --rm busybox:1.36"),
        program.picture());
  }

  @Test
  void anImageWithoutACommandIsProposedAShell() {
    Programs program = program(100, 30);
    program.state =
        program.state.put(
            ImagesScreen.DETAILS,
            Map.of(digest(1), new ImageDetail(digest(1), List.of(), true, Map.of(), "")));
    program.type("r");
    assertTrue(
        program.picture().stripTrailing().endsWith(":run -it --rm busybox:1.36 sh"),
        program.picture());
  }

  private static Shell.Equivalent did(Programs program) {
    return program.state.get(Shell.SLOT).lastCommand().orElseThrow();
  }

  @Test
  void savingAndTaggingSayThemselvesInQuotedWords() {
    Programs program = program(100, 30);
    program.type("S");
    program.press(Key.control('u'));
    program.type("my images/it's \"one\".tar");
    program.press(Kind.ENTER);
    assertEquals(
        new Shell.Equivalent(
            "container-tui save -o 'my images/it'\\''s \"one\".tar' busybox:1.36",
            "image(\"busybox:1.36\").save(Path.of(\"my images/it's \\\"one\\\".tar\"))"),
        did(program));
    program.type("ta\"b c");
    program.press(Kind.ENTER);
    assertEquals("container-tui tag busybox:1.36 'a\"b c'", did(program).commandLine());
    assertEquals("image(\"busybox:1.36\").tag(\"a\\\"b c\")", did(program).jshell());
  }

  @Test
  void markedImagesAreSavedAndPushedTogetherAndTaggedOneAtATime() {
    Programs program = program(100, 30);
    program.type("  S");
    program.press(Kind.ENTER);
    assertTrue(
        did(program).commandLine().startsWith("container-tui save -o 2-images.tar busybox:1.36 "),
        did(program).commandLine());
    program.type("Py");
    assertTrue(
        did(program).commandLine().startsWith("container-tui push busybox:1.36; container-tui "),
        did(program).commandLine());
    program.type("t");
    assertEquals(
        "tagging is for one at a time, and 2 are marked",
        program.state.get(Shell.SLOT).notice().orElseThrow().text());
  }

  @Test
  void aNameThatIsLongerThanTheLineLeavesRoomToType() {
    Programs program = Programs.only(new ImagesScreen(), 80, 24);
    program.state =
        program.state.with(
            Facts.SLOT, f -> f.withImages(List.of(image(1, 1, "x/" + "y".repeat(240)))));
    program.type("tnew:1");
    assertTrue(program.picture().contains("new:1"), program.picture());
  }

  @Test
  void hostileNamesDoNotReachTheScreen() {
    Programs program = Programs.only(new ImagesScreen(), 80, 24);
    program.state =
        program.state.with(
            Facts.SLOT,
            f -> f.withImages(List.of(image(1, 1, "evil\u001b]52;c;eA==\u0007\u202e:1"))));
    assertFalse(program.picture().contains("\u001b"));
    assertFalse(program.picture().contains("\u202e"));
  }
}
