/**
 * The inner loops. A scalar definition with its formula, and a Vector API twin ({@code Lanes}) where it was measured at least twice as
 * fast. Open to the other packages of Fovea, closed to users.
 */
@NullMarked
package dev.fovea.image.kernel;

import org.jspecify.annotations.NullMarked;
