package dev.containertui.acceptance;

import static dev.containertui.ContainerTui.*;

import java.nio.file.Files;

/** What a person may write who has never seen the console. */
final class ApiProgram {
  private ApiProgram() {}

  public static void main(String[] arguments) throws Exception {
    String image = arguments[0];
    embedded();
    System.out.println("in this process: " + system().embedded());
    pull(image);
    print(run(image, "echo", "hello").text());
    var left = run(image, "sleep", "100000").detach();
    left.exec("sh", "-c", "echo hello > /word; sync").text();
    print(Files.size(left.fs("/word")));
    // The program ends here, and the container with it.
  }
}
