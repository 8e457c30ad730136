package dev.containertui.registry.server;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Stands before a {@link LoopbackRegistry}, writes down what is asked, and spoils the answers. */
public final class Faults extends Filter {
  /** A request as it came. */
  public record Seen(String method, String path, Optional<String> header, Optional<String> range) {
    @Override
    public String toString() {
      return method + " " + path + header.map(h -> " [" + h + "]").orElse("");
    }
  }

  /** Answers a request, or returns false to let the registry do it. */
  public interface Answer {
    boolean answer(HttpExchange exchange) throws IOException;
  }

  private record Rule(Pattern path, Answer answer) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** Spoils answers for paths in which {@code regex} is found; the first rule that answers wins. */
  public Faults on(String regex, Answer answer) {
    rules.add(new Rule(Pattern.compile(regex), answer));
    return this;
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Requests for paths in which {@code regex} is found. */
  public List<Seen> seen(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return seen.stream().filter(s -> pattern.matcher(s.path()).find()).toList();
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    String path = exchange.getRequestURI().toString();
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            path,
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))));
    for (Rule rule : rules) {
      if (rule.path().matcher(path).find() && rule.answer().answer(exchange)) {
        exchange.close();
        return;
      }
    }
    chain.doFilter(exchange);
  }

  @Override
  public String description() {
    return "faults";
  }

  /** Answers with a status, headers ({@code name, value, …}) and no body. */
  public static boolean status(HttpExchange exchange, int status, String... headers)
      throws IOException {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
    exchange.sendResponseHeaders(status, -1);
    return true;
  }

  /** Answers with a body and a media type. */
  public static boolean body(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    return true;
  }
}
