package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names of containers. */
final class ContainerNames {
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final int MAX_LENGTH = 128;
  private static final int MAX_ATTEMPTS = 20;

  private static final List<String> ADJECTIVES =
      List.of(
          "agile", "amber", "bold", "brave", "breezy", "bright", "brisk", "calm", "candid",
          "clever", "cosmic", "crisp", "curious", "deft", "eager", "early", "fair", "fleet",
          "frosty", "gentle", "glad", "golden", "grand", "happy", "hardy", "honest", "humble",
          "jolly", "keen", "kind", "light", "lively", "lucid", "lucky", "lunar", "mellow", "merry",
          "mild", "misty", "neat", "nimble", "noble", "patient", "placid", "polite", "proud",
          "quick", "quiet", "rapid", "ready", "rosy", "rustic", "sharp", "silent", "silver",
          "sleek", "smart", "snowy", "solar", "spry", "steady", "sunny", "swift", "tidy", "vivid",
          "warm", "wise", "witty");

  private static final List<String> NOUNS =
      List.of(
          "acorn", "anchor", "aspen", "badger", "beacon", "beaver", "birch", "bison", "brook",
          "canyon", "cedar", "cliff", "clover", "comet", "condor", "coral", "crane", "creek",
          "delta", "dolphin", "dune", "falcon", "fern", "finch", "fjord", "forest", "fox",
          "glacier", "harbor", "hare", "hawk", "heron", "island", "ivy", "juniper", "lagoon",
          "lantern", "lark", "lemur", "lynx", "maple", "marmot", "meadow", "moose", "nebula", "oak",
          "orca", "osprey", "otter", "owl", "panda", "pebble", "pine", "planet", "plover", "puffin",
          "quail", "raven", "reef", "ridge", "river", "robin", "sparrow", "spruce", "stork", "swan",
          "tiger", "tulip", "walrus", "willow", "wombat", "wren");

  private ContainerNames() {}

  /**
   * @throws EngineException INVALID
   */
  static String checked(String name) {
    if (name.length() > MAX_LENGTH || !VALID.matcher(name).matches()) {
      throw new EngineException(
          Kind.INVALID,
          "not a container name: " + name,
          "use 2 to " + MAX_LENGTH + " letters, digits, '_', '.' and '-', a letter or digit first");
    }
    return name;
  }

  /** A new name, such as {@code calm-otter}. */
  static String invent(RandomGenerator random, Predicate<String> taken) {
    String name = pick(random);
    for (int attempt = 0; attempt < MAX_ATTEMPTS && taken.test(name); attempt++) {
      name = pick(random);
    }
    while (taken.test(name)) {
      name = pick(random) + "-" + random.nextInt(1_000_000);
    }
    return name;
  }

  private static String pick(RandomGenerator random) {
    return ADJECTIVES.get(random.nextInt(ADJECTIVES.size()))
        + "-"
        + NOUNS.get(random.nextInt(NOUNS.size()));
  }
}
