/** Booted machines that are kept on disk, for others to start from. */
package dev.containertui.template;
