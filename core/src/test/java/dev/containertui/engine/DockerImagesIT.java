package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real docker command on a real engine with real machines: images and files. */
@Timeout(300)
class DockerImagesIT extends DockerSetting {
  @Test
  void pullsAndListsImages() throws Exception {
    assertTrue(pulled.contains("Status: Downloaded newer image for " + image), pulled);
    assertTrue(docker.ok("pull", image).contains("Status: Image is up to date for " + image));
    assertEquals(image, docker.ok("images", "--format", "{{.Repository}}:{{.Tag}}"));
    assertEquals("[sh]", docker.ok("image", "inspect", "-f", "{{.Config.Cmd}}", image));
    assertTrue(docker.run("pull", registry.address() + "/none").failed(1).contains("none"));
    assertTrue(docker.run("run", "--pull", "never", "none").failed(125).contains("No such image"));
  }

  @Test
  void copiesFilesBothWays() throws Exception {
    docker.ok("run", "-d", "--name", "files", image, "sleep", "1000");
    Path file = Files.writeString(home.resolve("here.txt"), "from here");
    docker.ok("cp", file.toString(), "files:/tmp/there.txt");
    assertEquals("from here", docker.ok("exec", "files", "cat", "/tmp/there.txt"));
    docker.ok(
        "exec",
        "files",
        "sh",
        "-c",
        "mkdir -p /d/e; echo deep > /d/e/f; ln -s e /d/l; rm /etc/group");
    docker.ok("cp", "files:/d", home.resolve("back").toString());
    assertEquals("deep\n", Files.readString(home.resolve("back/e/f")));
    assertEquals(Path.of("e"), Files.readSymbolicLink(home.resolve("back/l")));
    String changes = docker.ok("diff", "files");
    assertTrue(changes.contains("A /d/e/f"), changes);
    assertTrue(changes.contains("D /etc/group"), changes);
    assertTrue(changes.contains("C /etc"), changes);
    docker.ok("stop", "-t", "0", "files");
    docker.ok("cp", "files:/d/e/f", home.resolve("stopped").toString());
    assertEquals("deep\n", Files.readString(home.resolve("stopped")));
    docker.ok("cp", file.toString(), "files:/d/late");
    docker.ok("start", "files");
    assertEquals("from here", docker.ok("exec", "files", "cat", "/d/late"));
    docker.run("cp", "files:/none", home.resolve("x").toString()).failed(1);
  }

  @Test
  void makesImagesOfContainers() throws Exception {
    docker.ok("run", "-d", "--name", "base", image, "sh", "-c", "echo kept > /file; sleep 1000");
    docker.ok("exec", "base", "sh", "-c", "while ! test -s /file; do sleep 0.1; done");
    String id =
        docker.ok(
            "commit",
            "-m",
            "with file",
            "-a",
            "me",
            "-c",
            "CMD [\"cat\", \"/file\"]",
            "base",
            "made:1");
    assertTrue(id.startsWith("sha256:"), id);
    assertEquals("kept", docker.ok("run", "--rm", "made:1"));
    assertTrue(docker.ok("history", "made:1").contains("with file"));
    Path archive = home.resolve("root.tar");
    docker.ok("export", "-o", archive.toString(), "base");
    docker.ok("import", "-c", "CMD [\"cat\", \"/file\"]", archive.toString(), "imported:1");
    assertEquals("kept", docker.ok("run", "--rm", "imported:1"));
    docker.ok("rmi", "made:1", "imported:1");
  }

  @Test
  void movesImages() throws Exception {
    String target = registry.address() + "/team/copy:2";
    docker.ok("tag", image, target);
    String pushed = docker.ok("push", target);
    assertTrue(pushed.contains("2: digest: sha256:"), pushed);
    Path archive = home.resolve("image.tar");
    docker.ok("save", "-o", archive.toString(), target);
    assertTrue(docker.ok("rmi", target).contains("Untagged: " + target));
    assertTrue(docker.ok("load", "-i", archive.toString()).contains("Loaded image: " + target));
    docker.ok("rmi", target);
    docker.ok("pull", target);
    assertEquals("x", docker.ok("run", "--rm", target, "echo", "x"));
    docker.ok("rmi", target);
    docker.run("rmi", target).failed(1);
  }

  @Test
  void countsAndCleansUp() throws Exception {
    docker.ok("run", "--name", "done", image, "sh", "-c", "head -c 3000000 /dev/urandom > /big");
    String usage = docker.ok("system", "df", "--format", "{{.Type}} {{.TotalCount}} {{.Size}}");
    assertTrue(usage.contains("Images 1 "), usage);
    assertTrue(usage.contains("Containers 1 "), usage);
    assertTrue(docker.ok("system", "df", "-v").contains("done"));
    assertTrue(docker.ok("ps", "-as", "--format", "{{.Size}}").contains("MB"));
    String pruned = docker.ok("container", "prune", "-f");
    assertTrue(pruned.contains("Total reclaimed space"), pruned);
    assertEquals("", docker.ok("ps", "-aq"));
    docker.ok("system", "prune", "-f");
    docker.ok("image", "prune", "-f");
    assertEquals("bridge", docker.ok("network", "ls", "--format", "{{.Name}}"));
    assertEquals("", docker.ok("volume", "ls", "-q"));
  }

  @Test
  void saysWhatItDoesNotHave() throws Exception {
    assertTrue(docker.run("search", "x").failed(1).contains("does not have"));
    assertTrue(docker.run("network", "create", "n").failed(1).contains("does not have"));
    assertTrue(docker.run("node", "ls").failed(1).contains("not a swarm manager"));
  }
}
