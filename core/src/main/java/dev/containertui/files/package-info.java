/** The files of a container as its disks have them, read without its machine; archives of them. */
package dev.containertui.files;
