/** Video files, cameras, live JPEG and HEIC pictures: the only package that sees FFmpeg. */
@org.jspecify.annotations.NullMarked
package dev.fovea.video;
