/** Evidence: quality and speed, beside peers. */
@NullMarked
package dev.fovea.bench;

import org.jspecify.annotations.NullMarked;
