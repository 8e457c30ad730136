package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.HostPort;
import dev.containertui.network.PublishedPort;
import dev.containertui.network.Transport;
import dev.containertui.network.UserNetwork;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What QEMU's user network forwards from the host. QEMU itself listens, so forwards need no engine,
 * and end with the machine. There are no words for them in QMP, only commands for people ({@code
 * hostfwd_add}, {@code info usernet}), which say nothing if all is well; without the name of a
 * network they mean the only one.
 */
record HostForwards(QmpClient qmp) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** {@code TCP[HOST_FORWARD] 12 127.0.0.1 8080 10.0.2.15 80 0 0}. */
  private static final Pattern LINE =
      Pattern.compile(
          "^ *(TCP|UDP)\\[HOST_FORWARD] +[0-9]+ +(\\*|[0-9.]{7,15}) +([0-9]{1,5})"
              + " +[0-9.]{7,15} +([0-9]{1,5}) ",
          Pattern.MULTILINE);

  /**
   * @throws EngineException as {@link dev.containertui.vm.VirtualMachine#publish}
   */
  PublishedPort add(String address, int hostPort, ContainerPort to) {
    Set<PublishedPort> before = hostPort == 0 ? new HashSet<>(list()) : Set.of();
    String said =
        command(
            "hostfwd_add %s:%s:%d-%s:%d"
                .formatted(
                    to.transport().word(), address, hostPort, UserNetwork.ADDRESS, to.number()));
    if (!said.isEmpty()) {
      throw HostPort.whyNot(address, hostPort, to.transport(), said);
    } else if (hostPort != 0) {
      return new PublishedPort(address, hostPort, to);
    }
    return list().stream()
        .filter(port -> port.containerPort().equals(to) && !before.contains(port))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.INTERNAL, "QEMU does not tell at which port it listens for " + to));
  }

  List<PublishedPort> list() {
    Matcher lines = LINE.matcher(command("info usernet"));
    return lines.results().map(HostForwards::read).toList();
  }

  private static PublishedPort read(MatchResult line) {
    return new PublishedPort(
        line.group(2).equals("*") ? HostPort.ALL_ADDRESSES : line.group(2),
        Integer.parseInt(line.group(3)),
        new ContainerPort(Integer.parseInt(line.group(4)), Transport.parse(line.group(1))));
  }

  private String command(String line) {
    return qmp.execute("human-monitor-command", Map.of("command-line", line), LIMIT)
        .asText()
        .strip();
  }
}
