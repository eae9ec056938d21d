/** Pictures: pixels, RAW, bursts, colour, geometry, filters and codecs. No native library. */
@NullMarked
package dev.fovea.image;

import org.jspecify.annotations.NullMarked;
