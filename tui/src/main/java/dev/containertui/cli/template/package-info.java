/**
 * The part of Go's template language (text/template) that docker's users write after {@code
 * --format}: fields, pipelines, {@code range}, {@code if}, {@code with}, variables and docker's own
 * functions.
 *
 * <pre>
 *   text ──Lexer──▶ tokens ──Parser──▶ Node, Expression ──Evaluator──▶ text
 * </pre>
 *
 * <p>The data are maps, lists, strings, numbers, booleans and null, as JSON has them.
 */
package dev.containertui.cli.template;
