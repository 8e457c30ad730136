package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Mount.TmpfsMount;
import dev.containertui.container.Mount.TmpfsOptions;
import dev.containertui.container.Mount.VolumeMount;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountTextTest {
  private static VolumeMount named(String name, String target, boolean readOnly, boolean copy) {
    return new VolumeMount(Optional.of(name), target, readOnly, copy, false);
  }

  @Test
  void volumesAreWrittenAsDockerWritesThem() {
    assertEquals(named("data", "/var/lib", false, true), MountText.volume("data:/var/lib"));
    assertEquals(named("data", "/x", true, true), MountText.volume("data:/x/:ro"));
    assertEquals(
        named("d.a_t-a", "/x/y", true, false), MountText.volume("d.a_t-a://x/./y:ro,nocopy"));
    assertEquals(named("data", "/x", false, true), MountText.volume("data:/x:rw,z"));
    assertEquals(
        new VolumeMount(Optional.empty(), "/x", false, true, true), MountText.volume("/x"));
  }

  @Test
  void mountsAreWrittenAsDockerWritesThem() {
    assertEquals(
        named("data", "/x", true, false),
        MountText.mount("type=volume,source=data,target=/x,readonly,volume-nocopy"));
    assertEquals(named("data", "/x", false, true), MountText.mount("src=data,dst=/x,ro=false"));
    assertEquals(
        new VolumeMount(Optional.empty(), "/x", false, true, true),
        MountText.mount("type=volume,destination=/x"));
    assertEquals(
        new TmpfsMount(
            "/t", true, OptionalLong.of(64 << 20), OptionalInt.of(0700), TmpfsOptions.NONE),
        MountText.mount("type=tmpfs,target=/t,tmpfs-size=64m,tmpfs-mode=0700,readonly=true"));
  }

  @Test
  void fileSystemsInMemoryHaveOptions() {
    assertEquals(
        new TmpfsMount("/t", false, OptionalLong.empty(), OptionalInt.empty(), TmpfsOptions.NONE),
        MountText.tmpfs("/t"));
    assertEquals(
        new TmpfsMount(
            "/t",
            true,
            OptionalLong.of(65536 << 10),
            OptionalInt.of(01777),
            new TmpfsOptions(true, false, false)),
        MountText.tmpfs("/t:rw,noexec,nosuid,exec,ro,size=65536k,mode=1777"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data",
        "data:",
        "data:relative",
        "data:/",
        "data://.",
        "data:/a/../b",
        "data:/..",
        "data:/proc/x",
        "data:/sys",
        "data:/x:what",
        "data:/x:ro:ro",
        "d:/x",
        "-data:/x",
        "../data:/x",
        "a/b:/x",
        "da ta:/x",
        "data:/x\ny",
        "/tmp:/x",
        "./tmp:/x",
        "~/tmp:/x"
      })
  void whatIsNoVolumeIsRefused(String text) {
    EngineException refused = assertThrows(EngineException.class, () -> MountText.volume(text));
    assertEquals(Kind.INVALID, refused.kind());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "type=volume",
        "type=volume,target=/x,target=/y",
        "type=other,target=/x",
        "type=bind,source=/tmp,target=/x",
        "type=volume,source=/tmp,target=/x",
        "type=volume,source=data,target=/x,tmpfs-size=1m",
        "type=tmpfs,target=/x,source=data",
        "type=tmpfs,target=/x,volume-nocopy",
        "type=tmpfs,target=/x,tmpfs-size=0",
        "type=tmpfs,target=/x,tmpfs-size=99999999999t",
        "type=tmpfs,target=/x,tmpfs-mode=99",
        "type=volume,source=data,target=/x,readonly=maybe",
        "type=volume,source=data,target=/x,colour=red",
        "type=volume,source=data,target=/x,volume-driver=nfs"
      })
  void whatIsNoMountIsRefused(String text) {
    assertEquals(
        Kind.INVALID, assertThrows(EngineException.class, () -> MountText.mount(text)).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t", "/t:size=x", "/t:uid=1", "/:size=1m", "/t:mode=8"})
  void whatIsNoFileSystemInMemoryIsRefused(String text) {
    assertEquals(
        Kind.INVALID, assertThrows(EngineException.class, () -> MountText.tmpfs(text)).kind());
  }

  @Test
  void hostDirectoriesAreRefusedWithAHint() {
    EngineException refused =
        assertThrows(EngineException.class, () -> MountText.volume("/tmp:/x"));
    assertTrue(refused.getMessage().contains("host's directories: /tmp"), refused.getMessage());
    assertTrue(refused.hint().contains("-v NAME:/PATH"), refused.hint());
  }

  @Test
  void onePlaceHasOneMount() {
    EngineException refused =
        assertThrows(
            EngineException.class,
            () -> MountText.all(List.of("data:/x/"), List.of(), List.of("/x")));
    assertEquals("duplicate mount point: /x", refused.getMessage());
    List<String> many = java.util.stream.IntStream.range(0, 33).mapToObj(i -> "/t" + i).toList();
    assertThrows(EngineException.class, () -> MountText.all(List.of(), List.of(), many));
  }

  @Test
  void aSpecificationKeepsItsMounts() {
    ContainerSpec spec =
        ContainerSpec.of("image")
            .mounts(
                MountText.all(
                    List.of("data:/x:ro", "/anonymous"),
                    List.of("type=tmpfs,target=/a,tmpfs-mode=0"),
                    List.of("/t:size=1m,exec,suid,dev,ro")))
            .build();
    JsonObject json = JsonObject.of(SpecJson.write(spec), "test");
    assertEquals(spec.mounts(), SpecJson.read(json, "test").mounts());
  }
}
