package dev.containertui.tui.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Lines that are only ever added at the end, numbered from 0 on; when there are too many the first
 * are forgotten, and the others keep their numbers. Immutable: adding costs as much as what is
 * added, because the lines are in pieces that are shared.
 */
public final class Lines {
  public static final int MAX_LINES = 10_000;
  public static final long MAX_WEIGHT = 8L << 20;

  public static final Lines NONE = new Lines(List.of(), 0, List.of());

  /** All pieces but the last have so many lines. */
  private static final int PIECE = 256;

  private final List<Piece> pieces;
  private final long first;

  /** Lines that are not complete yet: they follow the last one until they are. */
  private final List<TextRow> open;

  /** Which lines match was found out once for all who draw the same. */
  private static final class Piece {
    private final List<TextRow> rows;
    private final long weight;
    private volatile Hits hits = new Hits(Search.NONE, new int[0]);
    private volatile Hits kept = new Hits(Search.NONE, new int[0]);

    private record Hits(Search search, int[] indices) {}

    Piece(List<TextRow> rows) {
      this.rows = List.copyOf(rows);
      weight = rows.stream().mapToLong(r -> r.line().weight()).sum();
    }

    int[] hits(Search search) {
      Hits one = hits;
      Hits other = kept;
      if (one.search.equals(search)) {
        return one.indices;
      } else if (other.search.equals(search)) {
        return other.indices;
      }
      int[] found = new int[rows.size()];
      int count = 0;
      for (int i = 0; i < found.length; i++) {
        if (search.matches(rows.get(i).text())) {
          found[count++] = i;
        }
      }
      kept = one;
      hits = new Hits(search, java.util.Arrays.copyOf(found, count));
      return hits.indices;
    }
  }

  private Lines(List<Piece> pieces, long first, List<TextRow> open) {
    this.pieces = pieces;
    this.first = first;
    this.open = List.copyOf(open);
  }

  public static Lines of(List<TextRow> rows) {
    return NONE.add(rows, List.of());
  }

  /** Adds complete lines, and says which ones are open now. */
  public Lines add(List<TextRow> rows, List<TextRow> nowOpen) {
    List<Piece> all = new ArrayList<>(pieces);
    List<TextRow> rest = rows;
    if (!rest.isEmpty() && !all.isEmpty() && all.getLast().rows.size() < PIECE) {
      List<TextRow> filled = new ArrayList<>(all.removeLast().rows);
      int taken = Math.min(PIECE - filled.size(), rest.size());
      filled.addAll(rest.subList(0, taken));
      rest = rest.subList(taken, rest.size());
      all.add(new Piece(filled));
    }
    for (int i = 0; i < rest.size(); i += PIECE) {
      all.add(new Piece(rest.subList(i, Math.min(rest.size(), i + PIECE))));
    }
    long from = first;
    int count = all.isEmpty() ? 0 : (all.size() - 1) * PIECE + all.getLast().rows.size();
    long weight = all.stream().mapToLong(p -> p.weight).sum();
    while (all.size() > 1 && (count - PIECE >= MAX_LINES || weight > MAX_WEIGHT)) {
      Piece gone = all.removeFirst();
      from += PIECE;
      count -= PIECE;
      weight -= gone.weight;
    }
    return new Lines(List.copyOf(all), from, nowOpen);
  }

  /** Number of the first line that is still known. */
  public long first() {
    return first;
  }

  /** Number after the last line. */
  public long end() {
    return complete() + open.size();
  }

  private long complete() {
    return pieces.isEmpty()
        ? first
        : first + (pieces.size() - 1L) * PIECE + pieces.getLast().rows.size();
  }

  public boolean isEmpty() {
    return first() == end();
  }

  /** The line of a number from {@link #first} to before {@link #end}. */
  public TextRow get(long number) {
    long complete = complete();
    if (number >= complete) {
      return open.get((int) (number - complete));
    }
    int index = (int) (number - first);
    return pieces.get(index / PIECE).rows.get(index % PIECE);
  }

  /** The next line from {@code number} on that matches; if nothing is searched, any does. */
  public OptionalLong next(long number, Search search) {
    long at = Math.max(number, first);
    if (search.isEmpty()) {
      return at < end() ? OptionalLong.of(at) : OptionalLong.empty();
    }
    long complete = complete();
    for (; at < complete; at = pieceStart(at) + PIECE) {
      int within = (int) (at - pieceStart(at));
      for (int hit : pieces.get((int) ((at - first) / PIECE)).hits(search)) {
        if (hit >= within) {
          return OptionalLong.of(pieceStart(at) + hit);
        }
      }
    }
    for (at = Math.max(number, complete); at < end(); at++) {
      if (search.matches(get(at).text())) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  /** The last line up to {@code number} that matches; if nothing is searched, any does. */
  public OptionalLong previous(long number, Search search) {
    long at = Math.min(number, end() - 1);
    if (search.isEmpty()) {
      return at >= first ? OptionalLong.of(at) : OptionalLong.empty();
    }
    long complete = complete();
    for (; at >= complete; at--) {
      if (search.matches(get(at).text())) {
        return OptionalLong.of(at);
      }
    }
    for (; at >= first; at = pieceStart(at) - 1) {
      int within = (int) (at - pieceStart(at));
      int[] hits = pieces.get((int) ((at - first) / PIECE)).hits(search);
      for (int i = hits.length - 1; i >= 0; i--) {
        if (hits[i] <= within) {
          return OptionalLong.of(pieceStart(at) + hits[i]);
        }
      }
    }
    return OptionalLong.empty();
  }

  /** How many lines before {@code number} match. */
  public int countBefore(long number, Search search) {
    int count = 0;
    long start = first;
    for (Piece piece : pieces) {
      for (int hit : piece.hits(search)) {
        if (start + hit >= number) {
          return count;
        }
        count++;
      }
      start += PIECE;
    }
    for (long at = complete(); at < Math.min(number, end()); at++) {
      count += search.matches(get(at).text()) ? 1 : 0;
    }
    return count;
  }

  private long pieceStart(long number) {
    return first + (number - first) / PIECE * PIECE;
  }
}
