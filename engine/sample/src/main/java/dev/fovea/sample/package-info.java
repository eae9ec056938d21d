/** Rendered scenes, and bursts made from pictures with exactly known truth. */
@NullMarked
package dev.fovea.sample;

import org.jspecify.annotations.NullMarked;
