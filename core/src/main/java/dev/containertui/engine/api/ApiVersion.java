package dev.containertui.engine.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Docker Engine API, {@code major.minor}. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** The oldest one that is answered. */
  public static final ApiVersion MINIMUM = new ApiVersion(1, 24);

  /** The newest one, also for requests that name none. */
  public static final ApiVersion CURRENT = new ApiVersion(1, 51);

  /**
   * Docker's first release with {@link #CURRENT}. Clients compare releases with Docker's:
   * Testcontainers wants 1.6.0 or newer.
   */
  public static final String DOCKER_RELEASE = "28.3.0";

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,4})");

  /** Empty if it is not one. */
  public static Optional<ApiVersion> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether this is {@code 1.minor} or newer. */
  public boolean atLeast(int otherMinor) {
    return compareTo(new ApiVersion(1, otherMinor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
