/**
 * Input from files, and what is written back.
 *
 * <p>Decision: files are read by scanners of our own, not by a CSV library. The errors must name line and column in words a
 * user can act on, numbers must not become strings first, and quoting is all there is to RFC 4180. CSV and Matrix Market
 * together are some 700 lines, NDJSON and NumPy's formats twice that. A coordinate file of 10⁷ entries, 237 MB, is read in 2.5 s; a CSV of 3000×3000 cells, 30 % filled, 36 MB, in
 * 0.4 s.
 *
 * <p>Decision: nothing is allocated because a file declares it. A NumPy header is checked against the size of its file, a zip
 * member's size against the 1032-fold that deflate can reach, an operator against the heap; what a text declares is only compared
 * with what it lists. A field ends after 64 KB, a line after 64 MB ({@code TextSource}), so that a file of 3 GB without a line end is
 * refused after 16 MB of allocations. Pipes and devices are refused, but for standard input, which is read as text.
 *
 * <p>Decision: a NumPy array A goes from the file row by row into the operator, which all trials share. What is held out is left
 * out by weight ({@link io.escapement.sensing.SelectedRows}) and not by a second operator: a pass then costs what it costs on
 * all rows, and the memory is that of one. Fortran order interleaves the rows, so that A is held twice while it is read.
 */
package io.escapement.sensing.file;
