/** Pictures that one lens cannot take. */
@NullMarked
package dev.fovea.photo;

import org.jspecify.annotations.NullMarked;
