/** The command line: parses, calls a product, prints. */
@NullMarked
package dev.fovea.cli;

import org.jspecify.annotations.NullMarked;
