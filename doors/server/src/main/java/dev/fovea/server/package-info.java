/** The studio: a server on this machine, its pages, and the same by REST and WebSocket. Thin: parses, calls a product, answers. */
@NullMarked
package dev.fovea.server;

import org.jspecify.annotations.NullMarked;
