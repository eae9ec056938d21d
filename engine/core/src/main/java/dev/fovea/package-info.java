/** What everything else is made of: stages, trackers, folds, knobs, work and bad input. Depends on nothing. */
@NullMarked
package dev.fovea;

import org.jspecify.annotations.NullMarked;
