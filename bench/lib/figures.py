"""Figures: rows of a table, and targets."""
import statistics


def percentile(figures, share):
    """The figure that `share` of all are not above (nearest rank)."""
    figures = sorted(figures)
    return figures[max(0, -(-len(figures) * share // 100) - 1)]


def p50(figures):
    return statistics.median(figures)


def head(unit):
    print("%-54s %8s %8s %8s %8s %4s" % (unit, "min", "p50", "p95", "max", "n"))


def row(name, figures):
    print("%-54s %8.1f %8.1f %8.1f %8.1f %4d"
          % (name, min(figures), p50(figures), percentile(figures, 95), max(figures), len(figures)), flush=True)


def target(what, figure, threshold):
    good = figure <= threshold
    print("TARGET %s %.3f <= %.3f %s" % (what, figure, threshold, "PASS" if good else "FAIL"))
    return good
