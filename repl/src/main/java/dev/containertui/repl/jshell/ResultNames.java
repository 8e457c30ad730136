package dev.containertui.repl.jshell;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of results that nobody has named: {@code $1}, {@code $2}, one for each that exists.
 *
 * <p>JShell wants a name before it knows whether there will be a value, and takes each at most
 * once, whatever became of it. So after an expression that failed, the next one runs under a
 * detour, {@code $3$1}, whose value {@code $3} gets then.
 */
public final class ResultNames {
  private static final Pattern DETOUR = Pattern.compile("\\$[0-9]+\\$[0-9]+");

  private final Set<String> given = new HashSet<>();
  private int results;
  private int detours;

  ResultNames() {}

  /** Whether a variable is only on the way to its name, and to be shown to nobody. */
  public static boolean isDetour(String variable) {
    return DETOUR.matcher(variable).matches();
  }

  private String next() {
    return "$" + (results + 1);
  }

  /** A name for the result of the expression that is about to run, if it comes to have one. */
  String offer() {
    String name = next();
    return given.add(name) ? name : name + "$" + ++detours;
  }

  /**
   * There is a result.
   *
   * @param name that it got; another one than was offered if that was taken
   * @return the name that is to get it, if it is on a detour
   */
  Optional<String> kept(String name) {
    String proper = next();
    results++;
    return name.startsWith(proper + "$") ? Optional.of(proper) : Optional.empty();
  }
}
