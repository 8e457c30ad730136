package dev.containertui.engine.api.server;

import dev.containertui.engine.api.http.Failure;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is done for which method and path. In a path {@code {id}} stands for one part and {@code
 * {name...}} for one or more, as names of images have slashes. The first route that fits counts.
 */
final class Routes {
  /** Answers a request. */
  @FunctionalInterface
  interface Action {
    void run(Request request) throws IOException, InterruptedException;
  }

  /** The action for a request, and the parts of its path. */
  record Match(Action action, Map<String, String> path) {}

  private record Route(String method, Pattern path, List<String> names, Action action) {}

  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)(\\.\\.\\.)?}");

  private final List<Route> routes = new ArrayList<>();

  Routes get(String path, Action action) {
    return add("GET", path, action);
  }

  Routes head(String path, Action action) {
    return add("HEAD", path, action);
  }

  Routes post(String path, Action action) {
    return add("POST", path, action);
  }

  Routes put(String path, Action action) {
    return add("PUT", path, action);
  }

  Routes delete(String path, Action action) {
    return add("DELETE", path, action);
  }

  private Routes add(String method, String path, Action action) {
    StringBuilder pattern = new StringBuilder();
    List<String> names = new ArrayList<>();
    Matcher place = PLACE.matcher(path);
    int end = 0;
    while (place.find()) {
      pattern.append(Pattern.quote(path.substring(end, place.start())));
      pattern.append(place.group(2) == null ? "([^/]+)" : "(.+)");
      names.add(place.group(1));
      end = place.end();
    }
    pattern.append(Pattern.quote(path.substring(end)));
    routes.add(new Route(method, Pattern.compile(pattern.toString()), names, action));
    return this;
  }

  /**
   * @param path percent-encoded, without a version
   * @throws Failure 404 if there is no such path; 405 if there is, but not with this method
   */
  Match find(String method, String path) {
    boolean known = false;
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(path);
      if (matcher.matches()) {
        known = true;
        if (route.method().equals(method)) {
          return new Match(route.action(), parts(route, matcher));
        }
      }
    }
    throw known
        ? new Failure(405, "method " + method + " is not allowed for " + path)
        : new Failure(404, "page not found");
  }

  private static Map<String, String> parts(Route route, Matcher matcher) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < route.names().size(); i++) {
      parts.put(route.names().get(i), decode(matcher.group(i + 1)));
    }
    return parts;
  }

  /** Percent-decoded; unlike in a query, {@code +} is itself. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Failure(400, "not percent-encoded: " + text);
    }
  }
}
