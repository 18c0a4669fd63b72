/**
 * Runs as files for other programs: CSV, NDJSON and Parquet.
 *
 * <p>Parquet is written here, in one file of this package: plain values in gzipped pages are a small part of the format
 * that every reader knows. The writers on Maven Central bring Hadoop's classes along, and DuckDB's is a jar of 80 MB.
 */
package io.escapement.store.export;
