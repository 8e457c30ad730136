/**
 * Copying files between this host and containers, by docker's rules.
 *
 * <pre>
 *   CopyRules: what is copied, and what is there ──▶ Placement: into which directory, under which name
 *   HostTree ──tar──▶ container      container ──tar──▶ HostExtraction      container ──tar──▶ container
 * </pre>
 *
 * <p>What comes out of a container is hostile: its names are checked one by one, and no link is
 * followed on the way to what is written.
 */
package dev.containertui.copy;
