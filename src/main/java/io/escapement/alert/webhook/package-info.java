/** Telling other programs of alerts: addresses, formats, delivery with retries. */
package io.escapement.alert.webhook;
