/**
 * A terminal emulator: bytes from a guest in, a grid of styled cells and replies out.
 *
 * <pre>
 *   bytes ─▶ Utf8Decoder ─▶ Parser ─▶ Interpreter ─▶ Grid (Line[]) + Scrollback ─▶ TerminalView
 *      │                                 ├─ Printer: text        └─ Contents: search, copy
 *      │                                 ├─ ControlSequences     └─ Reflow: another size
 *      │                                 ├─ OperatingSystemCommands: titles, links, clipboard
 *      │                                 └─ Reports: answers ─▶ TerminalHost
 *      └── runs of ASCII go straight to the Printer
 *
 *   Key, Mouse ─▶ KeyEncoder, MouseEncoder ─▶ bytes, as the guest's modes want them
 * </pre>
 *
 * <p>Every byte is hostile: strings, parameters, clusters and history are bounded, unknown
 * sequences are swallowed whole, and no input makes {@link dev.containertui.tui.vt.Emulator#feed}
 * throw. Nothing a guest sends reaches the outer terminal but the glyphs and styles of the grid.
 */
package dev.containertui.tui.vt;
