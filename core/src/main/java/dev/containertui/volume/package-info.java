/**
 * Named volumes: file systems of their own that outlive the containers that they are mounted in.
 */
package dev.containertui.volume;
