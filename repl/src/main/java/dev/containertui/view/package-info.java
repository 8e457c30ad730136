/** How values look in text: tables, trees and charts, laid out for what a terminal can show. */
package dev.containertui.view;
