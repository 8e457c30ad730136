package dev.containertui.view;

/** A value of which a list is shown as a table. */
public interface Listed extends Viewable {
  /** The table's columns, and how a row is made; the same for all values of a type. */
  RowView<?> rowView();
}
