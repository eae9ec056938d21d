/**
 * The inner loops of stereo. A scalar definition with its formula, and a Vector API twin ({@code Lanes}) where it was measured at least
 * twice as fast. Open to the other packages of Fovea, closed to users.
 */
@NullMarked
package dev.fovea.space.kernel;

import org.jspecify.annotations.NullMarked;
