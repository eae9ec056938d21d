"""How a training face may differ from its picture: placed, lit, coloured, blurred, hidden. Everything follows from the generator."""

import cv2
import numpy as np

SIDE, MARGIN = 112, 16
cv2.setNumThreads(1)


def face_sample(rng, stored):
    """A stored face (uint8, side + 2 margins) as uint8 112 x 112 x 3."""
    face = placed(rng, stored)
    if rng.random() < 0.85:
        face = lit(rng, face)
    if rng.random() < 0.45:
        face = worn(rng, face)
    if rng.random() < 0.3:
        face = hidden(rng, face)
    return face


def placed(rng, stored):
    """Turned, resized, moved, stretched a little; mirrored half of the time."""
    angle, size = np.radians(rng.normal(0, 3.5)), np.exp(rng.normal(0, 0.045))
    stretch, shear = np.exp(rng.normal(0, 0.03)), rng.normal(0, 0.03)
    a = size * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    a = a @ np.array([[stretch, shear], [0, 1 / stretch]])
    if rng.random() < 0.5:
        a[:, 0] *= -1
    middle = stored.shape[0] / 2 - 0.5
    shift = middle - a @ np.full(2, SIDE / 2 - 0.5) + rng.normal(0, 1.8, 2)
    return cv2.warpAffine(stored, np.c_[a, shift], (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REPLICATE)


def lit(rng, face):
    """Another lamp: a smooth field of gains, gamma, colour, less colour, brightness; in linear light."""
    x = (face.astype(np.float32) / 255) ** (2.2 * np.exp(rng.normal(0, 0.25)))
    x *= field(rng, rng.choice([0.3, 0.7, 1.5], p=[0.45, 0.35, 0.2]))[..., None]
    x *= np.exp(rng.normal(0, 0.12, 3)).astype(np.float32)
    if rng.random() < 0.35:
        grey = x @ np.array([0.3, 0.59, 0.11], np.float32)
        x += (grey[..., None] - x) * rng.choice([1.0, rng.random()])
    level = np.exp(rng.normal(0, 0.5)) if rng.random() < 0.7 else np.exp(-rng.uniform(1, 3.5))
    x *= 0.2 / max(1e-3, float(x.mean())) * level
    return to_bytes(np.clip(x, 0, 1) ** (1 / 2.2))


def field(rng, strength):
    """Gains e^(strength times about -1..1): a slope, as of a lamp aside, and soft shadows."""
    slope = np.linspace(-1, 1, SIDE, dtype=np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    ramp = np.cos(angle) * slope[None, :] + np.sin(angle) * slope[:, None]
    if rng.random() < 0.5:
        ramp = np.tanh(ramp * rng.uniform(1, 5) + rng.normal(0, 0.5))
    n = int(rng.integers(2, 6))
    blobs = cv2.resize(rng.normal(0, 0.6, (n, n)).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return np.exp(strength * (rng.random() * 1.3 * ramp + rng.random() * blobs))


def worn(rng, face):
    """Few pixels, blur, noise, JPEG."""
    if rng.random() < 0.5:
        n = int(SIDE * rng.uniform(0.22, 0.8))
        small = cv2.resize(face, (n, n), interpolation=cv2.INTER_AREA)
        face = cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC if rng.random() < 0.5 else cv2.INTER_LINEAR)
    elif rng.random() < 0.5:
        face = cv2.GaussianBlur(face, (0, 0), rng.uniform(0.4, 1.8))
    if rng.random() < 0.5:
        face = to_bytes(face.astype(np.float32) / 255 + rng.normal(0, rng.uniform(0.005, 0.06), face.shape).astype(np.float32))
    if rng.random() < 0.4:
        _, data = cv2.imencode(".jpg", face, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))])
        face = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return face


def hidden(rng, face):
    """Up to two rectangles of one colour or of noise."""
    face = face.copy()
    for _ in range(rng.integers(1, 3)):
        w, h = rng.integers(12, 52, 2)
        x, y = rng.integers(-6, SIDE - 20), rng.integers(-6, SIDE - 20)
        part = face[max(0, y):y + h, max(0, x):x + w]
        part[...] = rng.integers(0, 256, 3) if rng.random() < 0.7 else rng.integers(0, 256, part.shape)
    return face


def to_bytes(x):
    return (np.clip(x, 0, 1) * 255 + 0.5).astype(np.uint8)


def ruined(rng, stored):
    """What is left when a camera sees a face badly: too few pixels, too little light, hidden, turned away, or no face at all."""
    kind = rng.integers(0, 7)
    face = placed(rng, stored)
    if kind == 0:
        n = int(np.exp(rng.uniform(np.log(4), np.log(40))))
        return cv2.resize(cv2.resize(face, (n, n), interpolation=cv2.INTER_AREA), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    if kind == 1:
        return cv2.GaussianBlur(face, (0, 0), np.exp(rng.uniform(np.log(0.7), np.log(9))))
    if kind == 2:
        light = (face.astype(np.float32) / 255) ** 2.2 * np.exp(-rng.uniform(1, 7))
        light += rng.normal(0, 0.002, light.shape)
        return to_bytes(np.clip(light, 0, 1) ** (1 / 2.2))
    if kind == 3:
        face = face.copy()
        top = int(rng.uniform(-0.3, 0.9) * SIDE)
        face[max(0, top):top + int(rng.uniform(0.3, 0.8) * SIDE)] = rng.integers(0, 256, 3)
        return face
    if kind == 4:
        return np.rot90(face, int(rng.integers(1, 4))).copy()
    if kind == 5:
        away = rng.integers(20, 90, 2) * rng.choice([-1, 1], 2)
        return np.roll(face, tuple(int(v) for v in away), (0, 1))
    size = float(np.exp(rng.uniform(-1.3, 1.3)))
    matrix = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), float(rng.normal(0, 30)), size)
    return cv2.warpAffine(face, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT)
