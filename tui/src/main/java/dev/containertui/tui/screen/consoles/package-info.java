/** The screen of consoles: tabs, and up to four panes side by side. */
package dev.containertui.tui.screen.consoles;
