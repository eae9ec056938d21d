/** The inner loops of alignment and merge. Closed to users. */
@NullMarked
package dev.fovea.photo.kernel;

import org.jspecify.annotations.NullMarked;
