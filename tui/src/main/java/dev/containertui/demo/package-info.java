/**
 * The demonstration: a registry on loopback, a small real image in it, and a container made of it.
 */
package dev.containertui.demo;
