package dev.containertui.tui.theme;

/** What a piece of the picture means; a {@link Theme} says what that looks like. */
public enum Look {
  PLAIN,
  STRONG,
  FAINT,
  BRAND,
  TAB,
  TAB_CURRENT,
  BORDER,
  BORDER_FOCUSED,
  TITLE,
  COLUMN,
  GOOD,
  BUSY,
  BAD,
  METER,
  METER_HIGH,
  KEY,
  LINK,
  MATCH,
  MARKED,
  SELECTION,
  SELECTION_ELSEWHERE,
  NOTE_LINE,
  SUCCESS_LINE,
  ERROR_LINE,
  CHART_1,
  CHART_2,
  CHART_3,
  CHART_4
}
