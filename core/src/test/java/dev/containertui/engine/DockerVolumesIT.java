package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.volume.VolumeDisk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real docker command on a real engine with real machines: volumes and tmpfs. */
@Timeout(600)
class DockerVolumesIT extends DockerSetting {
  @AfterEach
  void removeVolumes() throws Exception {
    removeContainers();
    for (String name : docker.ok("volume", "ls", "-q").lines().toList()) {
      assertClean(name);
      docker.ok("volume", "rm", name);
    }
  }

  private Path disk(String volume) {
    return config.directories().volumes().resolve(volume).resolve("disk.ext4");
  }

  private void assertClean(String volume) throws Exception {
    Process check =
        new ProcessBuilder("e2fsck", "-fn", disk(volume).toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes());
    assertEquals(0, check.waitFor(), volume + ": " + said);
  }

  private String sh(String volume, String script) throws Exception {
    return docker.ok("run", "--rm", "-v", volume, image, "sh", "-c", script);
  }

  @Test
  void whatIsWrittenOutlivesContainers() throws Exception {
    assertEquals("data", docker.ok("volume", "create", "--label", "a=b", "-o", "size=1g", "data"));
    sh("data:/x/y", "echo one > /x/y/f; chown 7:8 /x/y/f; ln -s f /x/y/l; mkdir /x/y/d");
    assertEquals("one\n7:8", sh("data:/z", "cat /z/l; stat -c %u:%g /z/f"));
    // A file system of the size that was asked for.
    long kilobytes = Long.parseLong(sh("data:/z", "df -k /z | awk 'NR==2 {print $2}'"));
    assertTrue(kilobytes > 900_000 && kilobytes < 1 << 20, kilobytes + " KiB");
    // The second is a clone, too, of what the first has left as a template.
    docker.ok("run", "--name", "clone", "-v", "data:/z", image, "true");
    String start = inspect("clone").path("ContainerTui").path("bootTimeline").toString();
    assertFalse(start.contains("cold boot"), start);
    assertEquals(List.of("data"), docker.ok("volume", "ls", "-qf", "label=a=b").lines().toList());
    assertTrue(docker.run("volume", "rm", "data").failed(1).contains("in use"));
    docker.ok("rm", "clone");
    assertEquals("data", docker.ok("volume", "rm", "data"));
    assertTrue(docker.run("volume", "inspect", "data").failed(1).contains("no such volume"));
  }

  @Test
  void theFirstUseOfAVolumeCopiesWhatTheImageHas() throws Exception {
    docker.ok(
        "run",
        "--name",
        "seed",
        image,
        "sh",
        "-c",
        "mkdir -p /v/sub/deep; echo one > /v/a; ln /v/a /v/sub/hard; ln -s ../a /v/sub/soft;"
            + " chown 7:8 /v/a; chmod 4750 /v/a; mkfifo /v/pipe; chown 5:6 /v; chmod 2775 /v;"
            + " dd if=/dev/zero of=/v/sparse bs=1 count=1 seek=40000000 2>&1;"
            + " touch -d '2001-02-03 04:05:06' /v/sub/deep; ln -s /v /link; ln -s / /out");
    docker.ok("commit", "-c", "VOLUME /v", "seed", "seeded");
    docker.ok("rm", "seed");
    String look =
        "cd /v; stat -c '%n %a %u:%g %h' . a pipe sub/deep; stat -c %Y sub/deep; cat sub/soft;"
            + " [ $(stat -c %i a) = $(stat -c %i sub/hard) ] && echo same; du -k sparse";
    String expected =
        """
        . 2775 5:6 3
        a 4750 7:8 2
        pipe 644 0:0 1
        sub/deep 755 0:0 2
        981173106
        one
        same
        0\tsparse""";
    for (String mount : List.of("type=volume,src=data,dst=/v", "type=volume,src=data,dst=/v,ro")) {
      assertEquals(
          expected, docker.ok("run", "--rm", "--mount", mount, "seeded", "sh", "-c", look), mount);
    }
    // A volume that only reads is copied to as well.
    assertEquals(
        expected, docker.ok("run", "--rm", "-v", "fresh:/v:ro", "seeded", "sh", "-c", look));
    assertEquals("", docker.ok("run", "--rm", "-v", "plain:/v:nocopy", "seeded", "ls", "/v"));
    // What is there already stays; what was deleted does not come back while anything is there.
    sh("data:/v", "rm -r /v/sub; echo two > /v/a");
    assertEquals(
        "two\na\npipe\nsparse",
        docker.ok("run", "--rm", "-v", "data:/v", "seeded", "sh", "-c", "cat /v/a; ls /v"));
    // Links of the image lead nowhere but in the container.
    assertEquals(
        "a\npipe\nsparse", docker.ok("run", "--rm", "-v", "data:/link", "seeded", "ls", "/v"));
    String root = docker.run("run", "--rm", "-v", "data:/out", "seeded", "true").failed(125);
    assertTrue(root.contains("container's root"), root);
    anonymousVolumesOfTheImageGoWithTheContainer();
    docker.ok("rmi", "seeded");
  }

  private void anonymousVolumesOfTheImageGoWithTheContainer() throws Exception {
    List<String> before = docker.ok("volume", "ls", "-q").lines().toList();
    docker.ok("run", "--rm", "seeded", "touch", "/v/x");
    assertEquals(before, docker.ok("volume", "ls", "-q").lines().toList());
    docker.ok("run", "--name", "kept", "seeded", "touch", "/v/x");
    assertEquals(before.size() + 1, docker.ok("volume", "ls", "-q").lines().count());
    JsonNode mount = inspect("kept").path("Mounts").path(0);
    assertEquals("/v", mount.path("Destination").asText());
    assertTrue(mount.path("Name").asText().matches("[0-9a-f]{64}"), mount.toString());
    // What the container wrote is the volume's, not the container's.
    assertFalse(docker.ok("diff", "kept").contains("/v/x"));
    docker.ok("rm", "-v", "kept");
    assertEquals(before, docker.ok("volume", "ls", "-q").lines().toList());
    docker.ok("run", "--name", "left", "seeded", "true");
    docker.ok("rm", "left");
    assertTrue(docker.ok("volume", "prune", "-f").contains("Total reclaimed space"));
    assertEquals(before, docker.ok("volume", "ls", "-q").lines().toList());
  }

  @Test
  void oneMachineWritesOrSeveralRead() throws Exception {
    docker.ok("run", "-d", "--name", "writer", "-v", "data:/x", image, "sleep", "1000");
    assertTrue(VolumeDisk.isInUse(disk("data"), true));
    for (String mount : List.of("data:/x", "data:/x:ro")) {
      String refused = docker.run("run", "--rm", "-v", mount, image, "true").failed(125);
      assertTrue(refused.contains("in use by container writer"), refused);
    }
    docker.ok("exec", "writer", "sh", "-c", "echo one > /x/f");
    String hidden = docker.run("cp", "writer:/x/f", "-").failed(1);
    assertTrue(hidden.contains("lies in volume data"), hidden);
    linksLeadToNoMountedPlace();
    docker.ok("rm", "-f", "writer");
    assertFalse(VolumeDisk.isInUse(disk("data"), true));
    docker.ok("run", "-d", "--name", "reader", "-v", "data:/x:ro", image, "sleep", "1000");
    assertEquals("one", sh("data:/y:ro", "cat /y/f"));
    assertTrue(
        docker
            .run("exec", "reader", "sh", "-c", "echo two > /x/f")
            .failed(1)
            .contains("Read-only file system"));
    String refused = docker.run("run", "--rm", "-v", "data:/x", image, "true").failed(125);
    assertTrue(refused.contains("in use by container reader"), refused);
    docker.ok("rm", "-f", "reader");
    assertEquals("one", sh("data:/y", "cat /y/f"));
  }

  /**
   * Links of the container's, that is: what lies below a mount on its disk is not what is meant.
   */
  private void linksLeadToNoMountedPlace() throws Exception {
    docker.ok("exec", "writer", "sh", "-c", "ln -s /x /alias; ln -s /x/f /file");
    for (String[] copy :
        List.of(
            new String[] {"cp", "writer:/alias/f", "-"},
            new String[] {"cp", "-L", "writer:/file", "-"},
            new String[] {"cp", "/etc/hostname", "writer:/alias/f"})) {
      String refused = docker.run(copy).failed(1);
      assertTrue(refused.contains("lies in volume data"), refused);
    }
    assertTrue(docker.ok("cp", "writer:/alias", "-").contains("alias"), "the link itself");
    assertEquals("one\nf", docker.ok("exec", "writer", "sh", "-c", "cat /x/f; ls /x"));
  }

  @Test
  void oneContainerHasManyVolumesInEachOther() throws Exception {
    String[] command = new String[2 * 5 + 5];
    command[0] = "run";
    command[1] = "--rm";
    String path = "";
    for (int i = 0; i < 5; i++) {
      path += "/d" + i;
      // The innermost first: the order does not count.
      command[2 + 2 * (4 - i)] = "-v";
      command[3 + 2 * (4 - i)] = "vol" + i + ":" + path;
    }
    command[12] = image;
    command[13] = "touch";
    command[14] = path + "/f";
    docker.ok(command);
    assertEquals("f", sh("vol4:/x", "ls /x"));
    assertEquals("d3", sh("vol2:/x", "ls /x"));
    assertEquals(
        "f\nread",
        docker.ok(
            "run",
            "--rm",
            "-v",
            "vol4:/a",
            "-v",
            "vol4:/b:ro",
            image,
            "sh",
            "-c",
            "ls /b; touch /b/g 2> /dev/null || echo read"));
  }

  @Test
  void fileSystemsInMemoryAreEmptyWithEachStart() throws Exception {
    docker.ok(
        "create",
        "--name",
        "mem",
        "--read-only",
        "--tmpfs",
        "/tmp:size=4m,mode=700",
        "--mount",
        "type=tmpfs,dst=/root,tmpfs-size=8m",
        image,
        "sh",
        "-c",
        "ls /tmp; stat -c %a /tmp /root; df -k /tmp /root | awk 'NR>1 {print $2}'; echo x > /tmp/x;"
            + " grep ' /tmp ' /proc/mounts | grep -o noexec; touch /y 2> /dev/null || echo read");
    for (int i = 0; i < 2; i++) {
      assertEquals("700\n1777\n4096\n8192\nnoexec\nread", docker.ok("start", "-a", "mem"));
    }
    JsonNode host = inspect("mem").path("HostConfig");
    assertEquals("size=4194304,mode=700", host.path("Tmpfs").path("/tmp").asText());
    assertEquals(
        "cannot",
        docker.ok(
            "run",
            "--rm",
            "--tmpfs",
            "/etc/x:ro",
            image,
            "sh",
            "-c",
            "touch /etc/x/y 2> /dev/null || echo cannot"));
  }

  @Test
  void filtersCountsAndCleansUp() throws Exception {
    docker.ok("run", "--name", "one", "-v", "data:/x", "-v", "/anonymous", image, "true");
    docker.ok("volume", "create", "idle");
    assertEquals("one", docker.ok("ps", "-a", "--filter", "volume=data", "--format", "{{.Names}}"));
    assertEquals("", docker.ok("ps", "-aq", "--filter", "volume=idle"));
    assertEquals("idle", docker.ok("volume", "ls", "-qf", "dangling=true"));
    assertEquals(
        "data",
        docker.ok(
            "inspect",
            "-f",
            "{{range .Mounts}}{{if eq .Destination \"/x\"}}{{.Name}}{{end}}{{end}}",
            "one"));
    String usage = docker.ok("system", "df", "--format", "{{.Type}} {{.TotalCount}} {{.Active}}");
    assertTrue(usage.contains("Local Volumes 3 2"), usage);
    docker.ok("system", "prune", "-f", "--volumes");
    // The container went first; of its volumes the anonymous one goes with it.
    assertEquals(List.of("data", "idle"), docker.ok("volume", "ls", "-q").lines().toList());
    docker.ok("volume", "prune", "-af");
    assertEquals("", docker.ok("volume", "ls", "-q"));
  }

  @Test
  void refusesWhatCannotBe() throws Exception {
    for (List<String> option :
        List.of(
            List.of("-v", "data:/"),
            List.of("-v", "data:/proc/x"),
            List.of("-v", "data:relative"),
            List.of("--mount", "type=bind,src=/tmp,dst=/x"),
            List.of("-v", "/tmp:/x"),
            List.of("--tmpfs", "/x:size=0"),
            List.of("-v", "a-1:/x", "--tmpfs", "/x"),
            List.of("-v", "data:/bin/sh"))) {
      List<String> command = new java.util.ArrayList<>(List.of("run", "--rm"));
      command.addAll(option);
      command.addAll(List.of(image, "true"));
      docker.run(command.toArray(String[]::new)).failed(125);
    }
    for (String[] create :
        new String[][] {
          {"-o", "size=1k", "v1"},
          {"-o", "size=9t", "v1"},
          {"-o", "type=nfs", "v1"},
          {"-d", "nfs", "v1"},
          {"../v1"}
        }) {
      List<String> command = new java.util.ArrayList<>(List.of("volume", "create"));
      command.addAll(List.of(create));
      docker.run(command.toArray(String[]::new)).failed(1);
    }
    assertEquals("", docker.ok("ps", "-aq"));
  }
}
