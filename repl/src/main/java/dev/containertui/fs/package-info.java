/**
 * The files of containers and images as paths of Java: a {@link java.nio.file.FileSystem} over the
 * engine's {@link dev.containertui.container.FileTree}.
 */
package dev.containertui.fs;
