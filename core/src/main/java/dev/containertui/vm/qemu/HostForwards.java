package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.ListenBacklog;
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
import java.util.regex.Pattern;

/**
 * What QEMU's user network forwards from the host. QEMU itself listens, so forwards need no engine,
 * and end with the machine. There are no words for them in QMP, only commands for people ({@code
 * hostfwd_add}, {@code info usernet}), which say nothing if all is well; without the name of a
 * network they mean the only one.
 */
record HostForwards(QmpClient qmp, long pid) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** {@code TCP[HOST_FORWARD] 12 127.0.0.1 8080 10.0.2.15 80 0 0}. */
  private static final Pattern LINE =
      Pattern.compile(
          "^ *(TCP|UDP)\\[HOST_FORWARD] +([0-9]{1,7}) +(\\*|[0-9.]{7,15}) +([0-9]{1,5})"
              + " +[0-9.]{7,15} +([0-9]{1,5}) ",
          Pattern.MULTILINE);

  /**
   * A forward, and QEMU's descriptor of the socket.
   *
   * @param descriptor of this process of QEMU
   */
  private record Forward(PublishedPort port, int descriptor) {}

  /**
   * @throws EngineException as {@link dev.containertui.vm.VirtualMachine#publish}
   */
  PublishedPort add(String address, int hostPort, ContainerPort to) {
    Set<Forward> before = hostPort == 0 ? new HashSet<>(forwards()) : Set.of();
    String said =
        command(
            "hostfwd_add %s:%s:%d-%s:%d"
                .formatted(
                    to.transport().word(), address, hostPort, UserNetwork.ADDRESS, to.number()));
    if (!said.isEmpty()) {
      throw HostPort.whyNot(address, hostPort, to.transport(), said);
    }
    Forward added =
        forwards().stream()
            .filter(forward -> forward.port().containerPort().equals(to))
            .filter(forward -> hostPort == 0 || forward.port().hostPort() == hostPort)
            .filter(forward -> forward.port().address().equals(address))
            .filter(forward -> !before.contains(forward))
            .findFirst()
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.INTERNAL, "QEMU does not tell at which port it listens for " + to));
    if (to.transport() == Transport.TCP) {
      // Where it cannot be done, bursts of connections are slow and nothing else.
      ListenBacklog.widen(pid, added.descriptor());
    }
    return added.port();
  }

  List<PublishedPort> list() {
    return forwards().stream().map(Forward::port).toList();
  }

  private List<Forward> forwards() {
    return LINE.matcher(command("info usernet")).results().map(HostForwards::read).toList();
  }

  private static Forward read(MatchResult line) {
    return new Forward(
        new PublishedPort(
            line.group(3).equals("*") ? HostPort.ALL_ADDRESSES : line.group(3),
            Integer.parseInt(line.group(4)),
            new ContainerPort(Integer.parseInt(line.group(5)), Transport.parse(line.group(1)))),
        Integer.parseInt(line.group(2)));
  }

  private String command(String line) {
    return qmp.execute("human-monitor-command", Map.of("command-line", line), LIMIT)
        .asText()
        .strip();
  }
}
