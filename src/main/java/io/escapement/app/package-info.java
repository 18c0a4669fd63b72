/**
 * Configuration, the command line, and the wiring of everything else.
 *
 * <p>Decision: a run started over HTTP goes through the same option parser as one started on the command line
 * ({@link io.escapement.app.RunOptions}): one set of names, defaults, checks and error messages, and the page's form is
 * built from it. Options that touch files or the server are not among them.
 *
 * <p>Decision: values that are not typed come from one place, {@link io.escapement.app.config.Configuration}, which picocli asks for
 * the default of every option: the environment before the file, and a command's own section of the file before its top. So
 * a value from there is parsed and checked like one that was typed, and a mistake names its line. The user's own file is read
 * without being asked for, one in the current directory is not: whoever can write there could open the server to others. The
 * environment gives options of the server only; of a run it would be part of what repeats it and be seen by nobody. Options
 * of a run from a file become part of the command that is kept with it. SnakeYAML Engine composes nodes with their lines and
 * constructs nothing; Jackson's YAML would have lost the lines of keys.
 *
 * <p>Decision: secrets are no options. {@code --token-file} names a file, the variables ESCAPEMENT_TOKEN_READ, _INGEST and _CONTROL hold
 * tokens of the server, ESCAPEMENT_TOKEN that of a program that sends events. The only option that may hold one is {@code
 * --alert-webhook}, for whose sake {@code config} shows host alone and commands of runs leave it out.
 */
package io.escapement.app;
