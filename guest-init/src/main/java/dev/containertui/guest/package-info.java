/**
 * What runs in the guest: PID 1, as bytes to put into an initramfs, and the configuration of a lean
 * kernel. What PID 1 does is in {@code PROTOCOL.md}.
 */
package dev.containertui.guest;
