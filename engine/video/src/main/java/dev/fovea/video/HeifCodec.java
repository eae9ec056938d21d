package dev.fovea.video;
final class HeifCodec { static boolean brand(byte[] head) { return false; } }
