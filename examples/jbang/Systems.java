///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Says which kernel and which architecture each of some images runs on
//JAVA 25+
//DEPS dev.containertui:container-tui:0.1.0-SNAPSHOT
//RUNTIME_OPTIONS -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

import static dev.containertui.ContainerTui.*;

import dev.containertui.error.EngineException;

/**
 * The words of the console in a script of jbang's, on the user's engine.
 *
 * <p>usage: jbang Systems.java IMAGE...
 */
void main(String... images) {
  try {
    // Each image in a machine of its own, all at the same time; what has ended is removed.
    parallel(List.of(images), image -> image + ": " + run(image, "uname", "-srm").text().strip())
        .forEach(IO::println);
  } catch (EngineException e) {
    System.err.println(e.getMessage() + (e.hint().isEmpty() ? "" : "\nhint: " + e.hint()));
    System.exit(1);
  } finally {
    close();
  }
}
