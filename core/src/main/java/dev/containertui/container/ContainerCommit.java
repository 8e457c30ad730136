package dev.containertui.container;

import dev.containertui.image.ImageCommit;
import dev.containertui.image.StoredImage;
import dev.containertui.network.ContainerPort;
import dev.containertui.oci.ImageConfig.Execution;
import dev.containertui.oci.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the image of a container is made with, by Docker's rules. */
final class ContainerCommit {
  private ContainerCommit() {}

  static ImageCommit of(ContainerRecord container, CommitSpec wanted, StoredImage base) {
    return new ImageCommit(
        Optional.of(execution(container.spec(), base.config().execution())),
        wanted.author(),
        Optional.of(String.join(" ", container.command())),
        wanted.comment(),
        wanted.changes(),
        wanted.reference().map(Reference::parse));
  }

  /** The image's, with what the container's user said in its place. */
  private static Execution execution(ContainerSpec spec, Execution image) {
    boolean ownEntrypoint = spec.entrypoint().isPresent();
    boolean ownCommand = ownEntrypoint || !spec.arguments().isEmpty();
    return new Execution(
        environment(image.environment(), spec.environment()),
        spec.entrypoint()
            .map(words -> words.equals(List.of("")) ? List.<String>of() : words)
            .orElse(image.entrypoint()),
        ownCommand ? spec.arguments() : image.command(),
        spec.workingDirectory().or(image::workingDirectory),
        spec.user().or(image::user),
        spec.stopSignal().or(image::stopSignal),
        exposedPorts(image.exposedPorts(), spec),
        image.volumes(),
        labels(image.labels(), spec.labels()),
        image.healthcheck());
  }

  private static List<String> environment(List<String> image, Map<String, String> own) {
    List<String> all = new ArrayList<>();
    for (String variable : image) {
      if (!own.containsKey(variable.replaceFirst("=.*", ""))) {
        all.add(variable);
      }
    }
    own.forEach((name, value) -> all.add(name + "=" + value));
    return all;
  }

  private static List<String> exposedPorts(List<String> image, ContainerSpec spec) {
    List<String> all = new ArrayList<>(image);
    spec.ports().served().stream()
        .filter(port -> !port.isAmong(image))
        .map(ContainerPort::toString)
        .forEach(all::add);
    return all;
  }

  private static Map<String, String> labels(Map<String, String> image, Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(image);
    all.putAll(own);
    return all;
  }
}
