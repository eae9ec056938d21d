/** Runs networks with ONNX Runtime. Nothing here is for users: {@code dev.fovea.model} finds it on the class path. */
@NullMarked
package dev.fovea.onnx;

import org.jspecify.annotations.NullMarked;
