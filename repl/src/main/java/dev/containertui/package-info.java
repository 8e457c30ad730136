/**
 * The language of console and scripts, for Java programs too: {@link dev.containertui.ContainerTui}
 * has the words, {@link dev.containertui.Container}, {@link dev.containertui.Image}, {@link
 * dev.containertui.Run} and {@link dev.containertui.Job} what they answer with.
 *
 * <pre>
 *   run(…) ── Run ──┬─ detach() ──▶ Container ── exec(…) ──▶ Job ── pipe(…) ──▶ Pipeline
 *                   └─ start(), text(), code() …  ──▶ Job, Result
 *   logs() ── Logs ── follow() ──▶ Feed&lt;LogLine&gt;          events() ──▶ Events, a Feed&lt;Event&gt;
 *   images(), containers(), … ──▶ Listing of values, each with json() and a view
 * </pre>
 *
 * <p>Neither JLine nor JShell is needed to run it: what shows values and gives terminals away is
 * the {@link dev.containertui.Frontend}'s business.
 */
package dev.containertui;
