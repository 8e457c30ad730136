package dev.containertui.template;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Another process at the same templates. It says {@code begun DIRECTORY} or {@code busy}; after
 * {@code hang} it has a machine, and waits to be killed.
 */
final class StoreProcess {
  private StoreProcess() {}

  static Process start(Path directory, String manner) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            StoreProcess.class.getName(),
            directory.toString(),
            manner)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static String answer(Path directory, String manner) throws IOException {
    return start(directory, manner).inputReader().readLine();
  }

  public static void main(String[] arguments) throws Exception {
    TemplateStore store = new TemplateStore(Path.of(arguments[0]));
    Optional<TemplateStore.Making> making = store.begin(List.of("layout", "kernel", "1 vCPU"));
    if (making.isEmpty()) {
      System.out.println("busy");
      return;
    }
    Path directory = making.get().directory();
    if (arguments[1].equals("hang")) {
      StubCloning.fill(directory);
      // The second argument is but $0 to the shell.
      new ProcessBuilder("sh", "-c", "sleep 1000; true", directory.resolve("memory").toString())
          .start();
    }
    System.out.println("begun " + directory);
    if (arguments[1].equals("hang")) {
      Thread.sleep(60_000);
    }
    making.get().close();
  }
}
