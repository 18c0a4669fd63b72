/**
 * Configuration, the command line, and the wiring of everything else.
 *
 * <p>Decision: a run started over HTTP goes through the same option parser as one started on the command line
 * ({@link io.escapement.app.RunOptions}): one set of names, defaults, checks and error messages, and the page's form is
 * built from it. Options that touch files or the server are not among them.
 */
package io.escapement.app;
