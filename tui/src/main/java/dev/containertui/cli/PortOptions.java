package dev.containertui.cli;

import dev.containertui.error.EngineException;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortGrammar;
import dev.containertui.network.PortRequest;
import dev.containertui.network.PortSpec;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code run} and {@code create} about ports. */
final class PortOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "[IP:][HOST:]PORT[/udp]",
      description =
          "have the host listen for a port of the container; ports can be ranges, as 8000-8010, and"
              + " without HOST it is any that is free; without IP at all addresses of the host")
  private List<String> published = List.of();

  @Option(
      names = {"-P", "--publish-all"},
      description = "publish all ports that the image or --expose declares, at any free ports")
  private boolean publishAll;

  @Option(
      names = "--expose",
      paramLabel = "PORT[/udp]",
      description = "declare that the container serves this port, or range of ports")
  private List<String> exposed = List.of();

  /**
   * @throws ParameterException if they could never be published
   */
  PortSpec ports() {
    List<PortRequest> requests = parsed("--publish", published, PortGrammar::published);
    List<ContainerPort> declared = parsed("--expose", exposed, PortGrammar::exposed);
    PortSpec ports = new PortSpec(requests, publishAll, declared);
    try {
      ports.check();
    } catch (EngineException e) {
      throw refused("--publish", e);
    }
    return ports;
  }

  private <T> List<T> parsed(String option, List<String> texts, Function<String, List<T>> grammar) {
    try {
      return texts.stream().flatMap(text -> grammar.apply(text).stream()).toList();
    } catch (EngineException e) {
      throw refused(option, e);
    }
  }

  private ParameterException refused(String option, EngineException e) {
    return new ParameterException(
        spec.commandLine(), option + ": " + e.getMessage() + "; " + e.hint());
  }
}
