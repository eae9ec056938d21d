"""Where truth comes from: planes of luma, 8 bit, of photographs and of rendered facades."""

import math
import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

# Every eighth photograph is never trained on: the recipe's own judgement.
HELD = 8


def luma(image):
    """BT.601 at full range, as in JPEG."""
    rgb = np.asarray(image.convert("RGB"), np.float32)
    return rgb @ np.array([0.299, 0.587, 0.114], np.float32)


def photographs(folders):
    """Two lists, to train on and held back, of the photographs in some folders (and those of half the size, where large)."""
    trained, held = [], []
    for folder in folders:
        for k, path in enumerate(sorted(Path(folder).glob("*.png"))):
            image = Image.open(path).convert("RGB")
            sizes = [image]
            if min(image.size) > 1000:
                sizes.append(image.resize((image.width // 2, image.height // 2), Image.LANCZOS))
                sizes.append(image.resize((image.width // 3, image.height // 3), Image.LANCZOS))
            planes = [np.round(luma(s)).astype(np.uint8) for s in sizes]
            if k % HELD == HELD - 1:
                held.append(planes[-1])
            else:
                trained.extend(planes)
    return trained, held


def facade(rng, side=384, fine=3):
    """Straight things in perspective: windows, bricks, railings, wires and discs, smooth because made three times as large."""
    big = side * fine
    image = Image.new("L", (big, big), rng.randrange(40, 220))
    draw = ImageDraw.Draw(image)
    for _ in range(rng.randrange(3, 7)):
        plane(rng, draw, big)
    for _ in range(rng.randrange(0, 8)):
        a, b = ((rng.uniform(0, big), rng.uniform(0, big)) for _ in range(2))
        draw.line([a, b], fill=rng.randrange(256), width=rng.randrange(2, 14))
    for _ in range(rng.randrange(0, 4)):
        x, y, r = rng.uniform(0, big), rng.uniform(0, big), rng.uniform(4, big / 6)
        for k in range(rng.randrange(1, 12)):
            s = r * (1 - k / 12)
            draw.ellipse([x - s, y - s, x + s, y + s], fill=rng.randrange(256))
    return np.asarray(image.resize((side, side), Image.BOX))


def plane(rng, draw, big):
    """A quadrilateral full of cells."""
    angle = rng.choice([0, 0, rng.uniform(0, math.pi)])
    size = rng.uniform(0.4, 1.4) * big
    x0, y0 = rng.uniform(-0.3, 0.9) * big, rng.uniform(-0.3, 0.9) * big
    squeeze = rng.uniform(0.35, 1)
    columns, rows = rng.randrange(3, 60), rng.randrange(2, 40)
    gap_x, gap_y = rng.uniform(0.05, 0.6), rng.choice([0, rng.uniform(0.05, 0.6)])
    wall, pane = rng.randrange(256), rng.randrange(256)
    stagger = rng.choice([0, 0, 0.5])
    vary = rng.choice([0, 0, 40])

    def at(u, v):
        # Lines that meet far away: the farther right, the closer together.
        near = 1 / (1 + u * (1 / squeeze - 1))
        x, y = size * u * near / squeeze * squeeze, size * (v - 0.5) * near
        return (x0 + x * math.cos(angle) - y * math.sin(angle), y0 + x * math.sin(angle) + y * math.cos(angle))

    draw.polygon([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], fill=wall)
    for j in range(rows):
        for i in range(columns):
            u, v = (i + (j % 2) * stagger) / columns, j / rows
            w, h = (1 - gap_x) / columns, (1 - gap_y) / rows
            shade = max(0, min(255, pane + rng.randint(-vary, vary)))
            draw.polygon([at(u, v), at(u + w, v), at(u + w, v + h), at(u, v + h)], fill=shade)


def facades(count, seed):
    rng = random.Random(seed)
    return [facade(rng) for _ in range(count)]


class Crops:
    """Squares out of planes, those with detail more often."""

    def __init__(self, planes, seed):
        self.planes = planes
        self.rng = random.Random(seed)
        self.weights = np.cumsum([math.sqrt(p.size) for p in planes])

    def one(self, side):
        for _ in range(20):
            p = self.planes[int(np.searchsorted(self.weights, self.rng.random() * self.weights[-1]))]
            y, x = self.rng.randrange(p.shape[0] - side), self.rng.randrange(p.shape[1] - side)
            crop = p[y : y + side, x : x + side].astype(np.float32)
            steep = np.abs(np.diff(crop, axis=0)).mean() + np.abs(np.diff(crop, axis=1)).mean()
            if self.rng.random() < steep / 16 + 0.02:
                break
        turn = self.rng.randrange(8)
        crop = np.rot90(crop, turn % 4)
        return crop[:, ::-1] if turn > 3 else crop

    def some(self, count, side):
        return np.stack([self.one(side) for _ in range(count)]) / 255
