"""What a face's textures say of it before anything is learned: local binary patterns (Ahonen, Hadid and Pietikäinen, Face description
with local binary patterns, 2006) at two radii and three sizes, both mirror images, and their principal components.

    python3 teacher.py --work WORK

writes WORK/teacher.npy, 256 numbers for each picture of the real packs. The components are those of the pictures that are trained on. The
network learns to say them of augmented pictures, which tells it more of each picture than a name does.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from people import held_out, packs

CELL, NUMBERS = 12, 256
NEIGHBOURS = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))


def uniform():
    """Patterns with at most two changes around the circle have a number each, all others share the last."""
    changes = [sum((k >> i & 1) != (k >> (i + 1) % 8 & 1) for i in range(8)) for k in range(256)]
    numbers = np.full(256, 58)
    few = [k for k in range(256) if changes[k] <= 2]
    numbers[few] = np.arange(58)
    return numbers


UNIFORM = uniform()


def patterns(grey, radius):
    h, w = grey.shape
    wide = cv2.copyMakeBorder(grey, radius, radius, radius, radius, cv2.BORDER_REPLICATE)
    out = np.zeros((h, w), np.uint8)
    for bit, (dy, dx) in enumerate(NEIGHBOURS):
        y, x = radius * (1 + dy), radius * (1 + dx)
        out |= (wide[y:y + h, x:x + w] >= grey).astype(np.uint8) << bit
    return UNIFORM[out]


def histograms(numbers):
    """Square roots (Hellinger) of the shares of each pattern in each cell."""
    k = numbers.shape[0] // CELL
    o = (numbers.shape[0] - k * CELL) // 2
    cells = numbers[o:o + k * CELL, o:o + k * CELL].reshape(k, CELL, k, CELL).transpose(0, 2, 1, 3).reshape(k * k, -1)
    counts = np.bincount((np.arange(k * k)[:, None] * 59 + cells).ravel(), minlength=k * k * 59)
    return np.sqrt(counts.astype(np.float32) / CELL**2)


def describe(face):
    grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)
    out = []
    for scale in (1, 0.66, 0.42):
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 \
            else cv2.GaussianBlur(grey, (0, 0), 0.7)
        out += [histograms(patterns(small, r)) for r in (1, 2)]
    return np.concatenate(out)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", required=True, type=Path)
    work = args.parse_args().work
    cv2.setNumThreads(1)
    faces, who = packs(work, "real")
    x = np.stack([describe(np.ascontiguousarray(f)) + describe(np.ascontiguousarray(f[:, ::-1])) for f in faces])
    count = {n: who.count(n) for n in set(who)}
    training = np.array([count[n] == 1 or not held_out(n) for n in who])
    x -= x[training].mean(0)
    some = x[training][::2]
    power, vectors = np.linalg.eigh(some @ some.T)
    power, vectors = power[::-1][:NUMBERS], vectors[:, ::-1][:, :NUMBERS]
    z = (x @ (some.T @ vectors)) / power**0.75
    np.save(work / "teacher.npy", (z / np.linalg.norm(z, axis=1, keepdims=True)).astype(np.float32))


if __name__ == "__main__":
    main()
