/** Evidence: quality and speed beside peers, and the fuzzers. */
@NullMarked
package dev.fovea.bench;

import org.jspecify.annotations.NullMarked;
