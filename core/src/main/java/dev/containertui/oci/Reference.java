package dev.containertui.oci;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry, with Docker's defaults filled in: {@code alpine} is {@code
 * docker.io/library/alpine:latest}.
 *
 * <pre>
 *   localhost:5000 / team/app : 1.2 @ sha256:…
 *   registry         repository tag   digest
 * </pre>
 *
 * <p>The first component is a registry if it has a dot, a colon or an upper-case letter, or is
 * {@code localhost}. With a digest, the digest says which image it is and the tag is only a remark.
 *
 * @param registry host name or address, with a port if one was given; IPv6 in brackets
 * @param repository path components joined by slashes
 * @param tag present unless only a digest was given
 */
public record Reference(
    String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

  public static final String DOCKER_HUB = "docker.io";
  private static final String OFFICIAL = "library/";
  private static final String DEFAULT_TAG = "latest";
  private static final int MAX_NAME_LENGTH = 255;

  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-fA-F:]+\\])(?::(?<port>[0-9]{1,5}))?");
  private static final String COMPONENT = "[a-z0-9]++(?:(?:[._]|__|-+)[a-z0-9]++)*+";
  private static final Pattern REPOSITORY = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");
  private static final Pattern IMAGE_ID = Pattern.compile("[0-9a-f]{64}");

  public Reference {
    Matcher host = REGISTRY.matcher(registry);
    if (!host.matches()) {
      throw invalid(registry + "/" + repository, "the registry is not a host name or address");
    }
    String port = host.group("port");
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535)) {
      throw invalid(registry + "/" + repository, "the port is not between 1 and 65535");
    }
    if (!REPOSITORY.matcher(repository).matches()) {
      throw invalid(
          repository,
          repository.equals(repository.toLowerCase(Locale.ROOT))
              ? "names are letters and digits, joined by single . _ / or by -"
              : "repository names are lower case");
    }
    if (registry.length() + 1 + repository.length() > MAX_NAME_LENGTH) {
      throw invalid(registry + "/" + repository, "names have at most 255 characters");
    }
    if (tag.isPresent() && !TAG.matcher(tag.get()).matches()) {
      throw invalid(
          repository + ":" + tag.get(), "tags are up to 128 letters, digits and _ . - in between");
    }
    if (tag.isEmpty() && digest.isEmpty()) {
      tag = Optional.of(DEFAULT_TAG);
    }
  }

  /**
   * Reads what a user wrote, short or long.
   *
   * @throws EngineException INVALID, with a hint
   */
  public static Reference parse(String text) {
    if (text.isEmpty()) {
      throw invalid(text, "it is empty");
    }
    if (IMAGE_ID.matcher(text).matches()) {
      throw invalid(text, "64 hexadecimal digits are an image id, not a name");
    }
    String rest = text;
    Optional<Digest> digest = Optional.empty();
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = Optional.of(Digest.parse(rest.substring(at + 1)));
      rest = rest.substring(0, at);
    }
    Optional<String> tag = Optional.empty();
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = Optional.of(rest.substring(colon + 1));
      rest = rest.substring(0, colon);
    }
    int slash = rest.indexOf('/');
    String registry = DOCKER_HUB;
    String repository = rest;
    if (slash >= 0 && namesRegistry(rest.substring(0, slash))) {
      registry = rest.substring(0, slash);
      repository = rest.substring(slash + 1);
    }
    if (registry.equals("index.docker.io")) {
      registry = DOCKER_HUB;
    }
    if (registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
      repository = OFFICIAL + repository;
    }
    try {
      return new Reference(registry, repository, tag, digest);
    } catch (EngineException e) {
      throw invalid(text, e.hint()); // What the user wrote, not what was made of it.
    }
  }

  private static boolean namesRegistry(String component) {
    return component.indexOf('.') >= 0
        || component.indexOf(':') >= 0
        || component.equals("localhost")
        || !component.equals(component.toLowerCase(Locale.ROOT));
  }

  /** {@code registry/repository}. */
  public String name() {
    return registry + "/" + repository;
  }

  /** What a registry's API takes for this reference: the digest, or else the tag. */
  public String tagOrDigest() {
    return digest.map(Digest::toString).orElseGet(tag::get);
  }

  /** The same repository's content with this digest. */
  public Reference withDigest(Digest digest) {
    return new Reference(registry, repository, Optional.empty(), Optional.of(digest));
  }

  /** As short as Docker prints it: {@code alpine:latest}. */
  public String familiar() {
    String full = toString();
    if (!registry.equals(DOCKER_HUB)) {
      return full;
    }
    String path = full.substring(DOCKER_HUB.length() + 1);
    boolean official = path.startsWith(OFFICIAL) && repository.indexOf('/', OFFICIAL.length()) < 0;
    return official ? path.substring(OFFICIAL.length()) : path;
  }

  /** The full form: {@code registry/repository[:tag][@digest]}. */
  @Override
  public String toString() {
    return name() + tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
  }

  private static EngineException invalid(String text, String why) {
    return new EngineException(
        Kind.INVALID, "not an image name: \"" + Printable.of(text) + "\"", why);
  }
}
