"""What cameras, lamps, glasses and imprecise meshes do to an eye: turns a stored wide cut into a training sample."""

import cv2
import numpy as np

from cut import SIZE
from gather import smooth

# Noise is cut out of one large field at random places: drawing it anew would cost more than all the rest.
NOISE = np.random.default_rng(11).normal(0, 1, (512, 512)).astype(np.float32)
REC709 = np.float32([0.2126, 0.7152, 0.0722])


def sample(rng, eye, span, low, high, seen, anywhere):
    """48 x 48 grey (float32, 0..1) and how much of an eye is left to be seen."""
    cut, off = placed(rng, eye, span, anywhere)
    grey = np.clip(cut @ spectrum(rng), 0, 255) / np.float32(255)
    seen = seen * (1 - smooth(off, 0.28, 0.45))
    if low > 0.5 and rng.random() < 0.12:
        grey = pupil(rng, grey)
    if rng.random() < 0.2:
        grey, left = (shades if rng.random() < 0.75 else hidden)(rng, grey)
        seen *= left
    if rng.random() < 0.12:
        grey = rims(rng, grey)
    grey = np.clip(lit(rng, grey), 0, 1)
    if rng.random() < 0.25:
        grey, left = blurred(rng, grey)
        seen *= left
    grey, left = noisy(rng, grey)
    return grey.astype(np.float32), np.float32(seen * left)


def placed(rng, eye, span, anywhere):
    """The eye turned, resized, moved and perhaps mirrored, and how far it lies from where it should, in sides of the cut."""
    n = eye.shape[0]
    scale = n / span / SIZE * np.exp(np.clip(rng.normal(0, 0.13 if anywhere else 0.1), -0.35, 0.35))
    angle = np.radians(rng.normal(0, 7))
    far = 0.6 if rng.random() < 0.03 else 0.05
    dx, dy = rng.normal(0, far, 2)
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    if rng.random() < (0.5 if anywhere else 0.15):
        eye = eye[:, ::-1]
    x, y = n / 2 - 0.5 + dx * n / span, n / 2 - 0.5 + dy * n / span
    h = SIZE / 2 - 0.5
    turn = np.array([[c, -s, x - h * (c - s)], [s, c, y - h * (s + c)]])
    border = cv2.BORDER_CONSTANT if rng.random() < 0.1 else cv2.BORDER_REPLICATE
    cut = cv2.warpAffine(eye, turn, (SIZE, SIZE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=border)
    return cut, np.hypot(dx, dy)


def spectrum(rng):
    """How a grey camera weighs red, green and blue; near infrared sees mostly red."""
    return REC709 if rng.random() < 0.6 else (rng.dirichlet([2, 1.5, 0.7]) * rng.uniform(0.85, 1.2)).astype(np.float32)


def grid():
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32) / SIZE - 0.5
    return x + 0.5 / SIZE, y + 0.5 / SIZE


X, Y = grid()


def disc(cx, cy, radius, soft=0.03):
    return 1 - smooth(np.hypot(X - cx, Y - cy), radius - soft, radius + soft)


def pupil(rng, grey):
    """A pupil that a lamp beside the lens lights up, or one that is dark, and the lamp's glints; at the darkest place near the middle."""
    dark = cv2.GaussianBlur(grey, (0, 0), 2.5) + 0.6 * np.hypot(X, Y)
    iy, ix = np.unravel_index(np.argmin(dark), dark.shape)
    cx, cy = X[iy, ix], Y[iy, ix]
    if rng.random() < 0.7:
        mask = disc(cx, cy, rng.uniform(0.035, 0.1)) * rng.uniform(0.5, 1)
        grey = grey + mask * ((rng.uniform(0.6, 1) if rng.random() < 0.6 else rng.uniform(0, 0.1)) - grey)
    for _ in range(rng.integers(0, 4)):
        x, y = rng.normal((cx, cy), 0.06)
        grey = np.maximum(grey, disc(x, y, rng.uniform(0.005, 0.03), 0.02) * rng.uniform(0.7, 1))
    return grey.astype(np.float32)


def lens(rng):
    """A mask of the glass before an eye: an oval or rounded box that covers it."""
    cx, cy = rng.normal(0, 0.05), rng.normal(0.04, 0.06)
    rx, ry, power = rng.uniform(0.42, 0.85), rng.uniform(0.27, 0.6), rng.choice([2.0, 2.6, 4.0, 6.0])
    tilt = rng.normal(0, 0.08)
    x, y = X - cx, Y - cy + tilt * X
    return (np.abs(x / rx) ** power + np.abs(y / ry) ** power) ** (1 / power)


def shades(rng, grey):
    """Dark or mirroring glass: light tints hide nothing, dark ones the eye."""
    ring = lens(rng)
    mask = 1 - smooth(ring, 0.94, 1.04)
    density = rng.uniform(0.3, 1) ** 0.5
    tone = rng.uniform(0, 0.12) if rng.random() < 0.75 else rng.uniform(0.1, 0.6)
    glass = np.full_like(grey, tone) + rng.normal(0, 0.12) * Y * (rng.random() < 0.6)
    if rng.random() < 0.3:  # what stands opposite is mirrored: a skyline, windows, people
        world = rng.random((int(rng.integers(2, 12)), int(rng.integers(2, 12)))).astype(np.float32)
        how = int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
        glass = glass + rng.uniform(0.05, 0.6) * (cv2.resize(world, (SIZE, SIZE), interpolation=how) - 0.3)
    for _ in range(rng.integers(0, 4) if rng.random() < 0.7 else 0):
        cx, cy = rng.uniform(-0.5, 0.5, 2)
        if rng.random() < 0.5:
            glass = glass + disc(cx, cy, rng.uniform(0.02, 0.2), rng.uniform(0.02, 0.15)) * rng.uniform(0.05, 0.7)
        else:
            a = rng.uniform(0, 3.2)
            edge = smooth(np.cos(a) * (X - cx) + np.sin(a) * (Y - cy), 0, rng.uniform(0.02, 0.3))
            glass = glass + edge * rng.uniform(-0.1, 0.4)
    out = grey + mask * density * (glass - grey)
    if rng.random() < 0.6:
        frame = smooth(ring, 0.9, 0.96) * (1 - smooth(ring, 1.0 + rng.uniform(0.02, 0.2), 1.25))
        out = out + frame * (rng.uniform(0, 0.3) if rng.random() < 0.8 else rng.uniform(0.4, 1) - out)
    return np.clip(out, 0, 1).astype(np.float32), 1 - smooth(density, 0.68, 0.86)


def rims(rng, grey):
    """Frames of clear glasses, perhaps with a reflection."""
    ring, width = lens(rng), rng.uniform(0.03, 0.14)
    tone = rng.uniform(0, 0.25) if rng.random() < 0.7 else rng.uniform(0.3, 1)
    frame = smooth(ring, 1 - width, 1 - width / 2) * (1 - smooth(ring, 1, 1 + width))
    out = grey + frame * (tone - grey)
    if rng.random() < 0.35:
        shine = disc(*rng.normal(0, 0.25, 2), rng.uniform(0.03, 0.15), rng.uniform(0.02, 0.1)) * (ring < 1)
        out = out + shine * rng.uniform(0.1, 0.7)
    return np.clip(out, 0, 1).astype(np.float32)


def hidden(rng, grey):
    """A hand, hair, a phone: a flat, striped or shifted shape, and how much of the eye's middle it leaves."""
    a, away = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.16)
    edge = np.cos(a) * X + np.sin(a) * Y - away + 0.04 * np.sin(rng.uniform(5, 30) * (X - Y) + rng.uniform(0, 6))
    mask = smooth(edge, 0, rng.uniform(0.02, 0.15))
    if rng.random() < 0.4:
        mask = mask * (1 - smooth(edge, rng.uniform(0.2, 0.6), 0.65))
    kind = rng.random()
    if kind < 0.4:
        cover = np.full_like(grey, rng.uniform(0, 1)) + rng.normal(0, 0.2) * X
    elif kind < 0.7:
        cover = np.roll(grey, rng.integers(12, 36, 2), (0, 1))
    else:
        cover = cv2.resize(rng.random((int(rng.integers(2, 9)), int(rng.integers(2, 9)))).astype(np.float32), (SIZE, SIZE))
    left = 1 - float((mask * ALMOND).sum() / ALMOND.sum())
    return np.clip(grey + mask * (cover - grey), 0, 1).astype(np.float32), smooth(left, 0.4, 0.75)


ALMOND = 1 - smooth(np.hypot(X / 0.33, Y / 0.15), 0.9, 1.1)


def texture(rng):
    """No eye at all: blobs, stripes, flats."""
    n, m = rng.integers(1, 14, 2)
    out = cv2.resize(rng.random((int(n), int(m))).astype(np.float32), (SIZE, SIZE),
                     interpolation=int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC])))
    a, f = rng.uniform(0, 3.2), rng.uniform(3, 60)
    out = out + rng.choice([0, 0.3]) * np.sin(f * (np.cos(a) * X + np.sin(a) * Y))
    return noisy(rng, np.clip(lit(rng, np.clip(out, 0, 1).astype(np.float32)), 0, 1))[0].astype(np.float32)


def lit(rng, grey):
    """Lamps from a side, gamma from 0.35 to 3, contrast and brightness."""
    if rng.random() < 0.3:
        a = rng.uniform(0, 2 * np.pi)
        grey = grey * np.clip(1 + rng.uniform(0.3, 1.8) * (np.cos(a) * X + np.sin(a) * Y), 0.1, None)
    grey = np.clip(grey, 0, 1) ** np.exp(np.clip(rng.normal(0, 0.4), -1, 1.1))
    contrast = np.exp(np.clip(rng.normal(0, 0.3), -1.2, 0.5))
    return (grey - 0.5) * contrast + 0.5 + rng.normal(0, 0.08)


def blurred(rng, grey):
    """Out of focus, moving or far away; what is left of the eye to be seen."""
    kind = rng.integers(3)
    if kind == 0:
        sigma = rng.uniform(0.5, 7)
        return cv2.GaussianBlur(grey, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), 1 - smooth(sigma, 2.2, 4.2)
    if kind == 1:
        n = int(round(np.exp(rng.uniform(np.log(3), np.log(32)))))
        small = cv2.resize(grey, (n, n), interpolation=cv2.INTER_AREA)
        how = int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
        return np.clip(cv2.resize(small, (SIZE, SIZE), interpolation=how), 0, 1), smooth(n, 5, 11)
    n = int(rng.integers(3, 20))
    kernel = np.zeros((n, n), np.float32)
    a, c = rng.uniform(0, np.pi), (n - 1) / 2
    d = np.array([np.cos(a), np.sin(a)]) * c
    cv2.line(kernel, tuple(np.round(c - d).astype(int).tolist()), tuple(np.round(c + d).astype(int).tolist()), 1.0)
    down = n * abs(np.sin(a))
    return cv2.filter2D(grey, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE), 1 - smooth(down, 8, 15)


def noisy(rng, grey):
    """A sensor's noise, sometimes in blotches, and JPEG; and what of the eye stands out of them."""
    left = 1.0
    if rng.random() < 0.45:
        y, x = rng.integers(0, 512 - SIZE, 2)
        field = NOISE[y:y + SIZE, x:x + SIZE]
        if rng.random() < 0.3:
            field = 2 * cv2.GaussianBlur(field, (0, 0), 0.8)
        strength = rng.random() ** 2 * 0.14
        left = smooth(grey.std() / max(strength, 1e-6), 0.3, 0.8)
        grey = np.clip(grey + strength * field, 0, 1)
    if rng.random() < 0.12:
        code = cv2.imencode(".jpg", (grey * 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 80))])[1]
        grey = cv2.imdecode(code, cv2.IMREAD_GRAYSCALE) / np.float32(255)
    return grey, left
