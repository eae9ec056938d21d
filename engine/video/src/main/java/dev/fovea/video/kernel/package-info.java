/** Inner loops over compact samples; public to Fovea, closed to users. */
@org.jspecify.annotations.NullMarked
package dev.fovea.video.kernel;
