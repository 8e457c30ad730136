/**
 * PID 1 of the guest, as bytes to put into an initramfs. What it does is in {@code PROTOCOL.md}.
 */
package dev.containertui.guest;
