/** Depth and space: disparity, depth maps and their files, stereo. */
@NullMarked
package dev.fovea.space;

import org.jspecify.annotations.NullMarked;
