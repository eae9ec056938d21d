/** Networks as typed functions, their cards, and where they are kept. Pure Java: what runs them is a {@link NetRuntime}. */
@NullMarked
package dev.fovea.model;

import org.jspecify.annotations.NullMarked;
