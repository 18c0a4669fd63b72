/**
 * Who may do what: roles, tokens, sessions of browsers, and the limit on guessing. Knows nothing of HTTP.
 */
package io.escapement.web.access;
