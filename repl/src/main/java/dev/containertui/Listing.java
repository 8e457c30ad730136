package dev.containertui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.view.Listed;
import dev.containertui.view.Style;
import dev.containertui.view.ValueRenderer;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A list that does not change: it is what was there when it was asked for. Printed, it is a table.
 *
 * <pre>{@code
 * images().where(i -> i.sizeBytes() > 100_000_000)
 * containers().grep("web").json()
 * }</pre>
 */
public final class Listing<T> extends AbstractList<T> implements Value {
  private final List<T> elements;

  Listing(List<? extends T> elements) {
    this.elements = List.copyOf(elements);
  }

  /** Those for which a condition holds. */
  public Listing<T> where(Predicate<? super T> condition) {
    return new Listing<>(elements.stream().filter(condition).toList());
  }

  /**
   * Those whose line in the table, or whose text, has a match of a regular expression.
   *
   * @throws dev.containertui.error.EngineException INVALID if it is none
   */
  public Listing<T> grep(String regex) {
    Pattern pattern = Args.regex("grep(regex)", regex);
    return where(
        element ->
            pattern.matcher(element.toString()).find()
                || element instanceof Listed listed
                    && pattern.matcher(listed.rowView().line(listed)).find());
  }

  /** An array with the JSON of each. */
  @Override
  public JsonNode json() {
    return Json.of(elements);
  }

  @Override
  public T get(int index) {
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }

  /** The table, without colours. */
  @Override
  public String toString() {
    return new ValueRenderer(Style.PLAIN).render(elements);
  }
}
