"""Composes labelled scenes: real faces at every size and angle, alone, in rows, and pasted on grounds beside decoys without faces.

python3 compose.py --cache DIR --shards 12 --size 224 writes shard-0.npz, shard-1.npz, ... of 2000 scenes each.
"""

import argparse
import pickle
import zlib
from pathlib import Path

import cv2
import numpy as np

from gather import Labelled

MOST = 24  # labels a scene may hold
SMALLEST = 11  # below this geometric mean of width and height a face is neither asked for nor punished


def held_out(name):
    """One person in twenty chooses checkpoints and is never trained on."""
    return zlib.crc32(name.encode()) % 20 == 0


def load(file, held):
    return [Labelled(*item) for item in pickle.loads(Path(file).read_bytes()) if held_out(item[1]) == held]


def opened(item):
    return cv2.imdecode(np.frombuffer(item.jpeg, np.uint8), cv2.IMREAD_COLOR)


def similarity(scale, angle, source, target):
    """The 2 x 3 matrix that scales and turns (radians) about `source` and brings it to `target`."""
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    turn = np.array([[c, -s], [s, c]])
    return np.hstack([turn, (np.asarray(target) - turn @ np.asarray(source))[:, None]]).astype(np.float32)


def moved(faces, matrix):
    """Faces under a similarity. A box stands for the ellipse in it, and becomes the box around the turned ellipse: no growth at 45 degrees."""
    faces = faces.copy()
    turn, shift = matrix[:, :2], matrix[:, 2]
    half = faces[:, 2:4] / 2
    centre = (faces[:, :2] + half) @ turn.T + shift
    half = np.sqrt((half ** 2) @ (turn ** 2).T)
    faces[:, :2], faces[:, 2:4] = centre - half, 2 * half
    if faces.shape[1] > 4:
        faces[:, 4:] = (faces[:, 4:].reshape(-1, 5, 2) @ turn.T + shift).reshape(-1, 10)
    return faces


def spread(rng, low, high):
    """A size, every octave as likely as any other."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def angle(rng):
    return float(rng.normal(0, 0.15) if rng.random() < 0.45 else rng.uniform(-1.05, 1.05))


def size_of(face):
    return float(np.sqrt(face[2] * face[3]))


def reduce(picture, scale):
    """Halves a picture while the warp to come would skip pixels; the matrix that undoes it."""
    factor = 1.0
    while scale * factor < 0.6 and min(picture.shape[:2]) > 16:
        picture, factor = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), factor * 2
    return picture, factor


def warp(picture, matrix, size, scale, border=cv2.BORDER_CONSTANT):
    small, factor = reduce(picture, scale)
    # Halving maps x to (x + 0.5) / factor - 0.5, so the matrix has to start from there.
    shift = (factor - 1) / 2
    inner = matrix.copy()
    inner[:, 2] += matrix[:, :2] @ np.array([shift, shift], np.float32)
    inner[:, :2] *= factor
    return cv2.warpAffine(small, inner, (size, size), flags=cv2.INTER_LINEAR, borderMode=border)


class Composer:
    def __init__(self, people, grounds, seed, size):
        self.people, self.grounds = people, grounds
        self.rng, self.size = np.random.default_rng(seed), size

    def pick(self, items):
        return items[self.rng.integers(len(items))]

    def ground(self):
        """A piece of a ground picture with its own labels."""
        rng, item = self.rng, self.pick(self.grounds)
        picture = opened(item)
        height, width = picture.shape[:2]
        least = self.size / min(height, width)
        scale = max(least * 0.9, spread(rng, 0.35, 1.6))
        margin = self.size / scale / 2
        centre = [rng.uniform(min(margin, d / 2), max(d - margin, d / 2)) for d in (width, height)]
        turn = 0.0 if rng.random() < 0.6 else rng.uniform(-0.5, 0.5)
        matrix = similarity(scale, turn, centre, [(self.size - 1) / 2] * 2)
        canvas = warp(picture, matrix, self.size, scale, cv2.BORDER_REFLECT_101)
        return canvas, moved(item.faces, matrix), moved(item.vague, matrix)

    def alone(self):
        """One real picture, turned and scaled, its outside filled the way cameras, cars and editors leave it."""
        rng, item = self.rng, self.pick(self.people)
        picture = opened(item)
        main = max(item.faces, key=size_of)
        scale = min(spread(rng, 16, self.size * 0.85) / size_of(main), 3.0)
        half = size_of(main) * scale * 0.55
        target = [rng.uniform(min(half, self.size / 2), max(self.size - half, self.size / 2)) for _ in "xy"]
        matrix = similarity(scale, angle(rng), main[:2] + main[2:4] / 2, target)
        how = rng.random()
        if how < 0.4:
            border = [cv2.BORDER_REFLECT_101, cv2.BORDER_REPLICATE, cv2.BORDER_CONSTANT][rng.integers(3)]
            if border != cv2.BORDER_REFLECT_101:
                return self.covered(warp(picture, matrix, self.size, scale, border), moved(item.faces, matrix), moved(item.vague, matrix))
        canvas, faces, vague = self.ground()
        mask = np.full(picture.shape[:2], 255, np.uint8)
        return self.laid(canvas, faces, vague, picture, mask, matrix, scale, item)

    def rows(self):
        """A wall of whole pictures."""
        rng, cells = self.rng, int(self.rng.integers(2, 5))
        step = self.size / cells
        canvas, faces, vague = self.ground()
        faces, vague = [faces[:0]], [faces[:0, :4]]
        for row in range(cells):
            for column in range(cells):
                item = self.pick(self.people)
                picture = opened(item)
                scale = (step + 1) / max(picture.shape[:2])
                matrix = similarity(scale, 0, (0, 0), (column * step, row * step))
                small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
                top, left = int(row * step), int(column * step)
                part = canvas[top : top + small.shape[0], left : left + small.shape[1]]
                part[:] = small[: part.shape[0], : part.shape[1]]
                faces.append(moved(item.faces, matrix))
                vague.append(moved(item.vague, matrix))
        return canvas, np.concatenate(faces), np.concatenate(vague)

    def crowd(self, most=9, low=13, high=110):
        """Faces and decoys pasted on a ground."""
        rng = self.rng
        canvas, faces, vague = self.ground()
        taken = [f[:4] for f in faces] + [v[:4] for v in vague]
        for _ in range(rng.integers(1, most + 1)):
            decoy = rng.random() < 0.25
            size = spread(rng, low, min(high, self.size * 0.6))
            for _ in range(8):
                centre = rng.uniform(size * 0.55, self.size - size * 0.55, 2)
                around = np.array([*(centre - size * 0.75), size * 1.5, size * 1.5])
                if not any(touch(around, t) for t in taken):
                    break
            else:
                continue
            taken.append(around)
            if decoy:
                canvas = self.decoy(canvas, centre, size)
            else:
                canvas, faces, vague = self.pasted(canvas, faces, vague, centre, size)
        return canvas, faces, vague

    def pasted(self, canvas, faces, vague, centre, size):
        rng, item = self.rng, self.pick(self.people)
        picture = opened(item)
        face = item.faces[rng.integers(len(item.faces))]
        scale = size / size_of(face)
        middle = face[:2] + face[2:4] / 2
        matrix = similarity(scale, angle(rng), middle, centre)
        mask = soft(picture.shape[:2], middle, face[2:4] * rng.uniform(0.62, 1.1, 2), rng)
        return self.laid(canvas, faces, vague, picture, mask, matrix, scale, item, face)

    def decoy(self, canvas, centre, size):
        """A patch without a face under the same soft mask, so that the mask itself means nothing."""
        rng = self.rng
        item = self.pick(self.grounds)
        if len(item.faces) or len(item.vague):
            return canvas
        picture = opened(item)
        height, width = picture.shape[:2]
        own = min(height, width) * rng.uniform(0.2, 0.6)
        middle = np.array([rng.uniform(own / 2, width - own / 2), rng.uniform(own / 2, height - own / 2)])
        matrix = similarity(size / own, angle(rng), middle, centre)
        mask = soft(picture.shape[:2], middle, np.array([own, own]) * rng.uniform(0.6, 0.9, 2), rng)
        return blend(canvas, picture, mask, matrix, size / own)

    def laid(self, canvas, faces, vague, picture, mask, matrix, scale, item, wanted=None):
        """Lays a picture over the canvas and keeps the books: what is covered goes, what is half seen is vague."""
        size = canvas.shape[0]
        cover = warp(mask, matrix, size, scale)
        canvas = mix(canvas, warp(picture, matrix, size, scale, cv2.BORDER_REPLICATE), cover)
        faces = faces[[seen(cover, f) < 0.1 for f in faces]] if len(faces) else faces
        vague = np.concatenate([vague[[seen(cover, v) < 0.9 for v in vague]] if len(vague) else vague, moved(item.vague, matrix)])
        new = moved(item.faces, matrix)
        clear = np.array([seen(cover, f) > 0.75 or (wanted is not None and (o == wanted).all()) for f, o in zip(new, item.faces)], bool)
        hidden = np.array([seen(cover, f) < 0.05 for f in new], bool)
        return self.covered(canvas, np.concatenate([faces, new[clear]]), np.concatenate([vague, new[~clear & ~hidden, :4]]))

    def covered(self, canvas, faces, vague):
        """Now and then a mask over the mouth, dark glasses or a hand's width of something else over a face."""
        rng = self.rng
        for face in faces:
            if rng.random() > 0.07 or size_of(face) < 20:
                continue
            points = face[4:].reshape(5, 2)
            across = points[1] - points[0]
            if rng.random() < 0.5:
                ends, thick = (points[0] - across * 0.25, points[1] + across * 0.25), np.hypot(*across) * 0.35
            else:
                ends, thick = (points[3] - across * 0.3, points[4] + across * 0.3), np.hypot(*across) * 0.6
            colour = [int(v) for v in rng.integers(0, 256, 3)] if rng.random() < 0.5 else [int(rng.integers(0, 90))] * 3
            cv2.line(canvas, *[tuple(int(v) for v in e) for e in ends], colour, max(1, int(thick)), cv2.LINE_AA)
        return canvas, faces, vague

    def scene(self):
        kind = self.rng.random()
        make = self.alone if kind < 0.38 else self.crowd if kind < 0.76 else self.rows if kind < 0.84 else self.ground
        canvas, faces, vague = make()
        return canvas, faces, vague

    def labelled(self):
        """A scene and its labels: MOST rows of box, points and 1 (face), -1 (vague) or 0 (nothing)."""
        canvas, faces, vague = self.scene()
        rows = np.zeros((MOST, 15), np.float32)
        count = 0
        limit = self.size
        for face in sorted(faces, key=size_of, reverse=True):
            inside = np.clip(face[:2] + face[2:4], 0, limit) - np.clip(face[:2], 0, limit)
            share = inside.prod() / (face[2] * face[3])
            if share > 0.05 and count < MOST:
                rows[count, :14] = face
                rows[count, 14] = 1 if share > 0.6 and size_of(face) >= SMALLEST else -1
                count += 1
        for box in vague:
            if count < MOST and box[0] < limit and box[1] < limit and (box[:2] + box[2:4] > 0).all():
                rows[count, :4], rows[count, 14] = box[:4], -1
                count += 1
        return canvas, rows


def touch(a, b):
    return (np.maximum(a[:2], b[:2]) < np.minimum(a[:2] + a[2:4], b[:2] + b[2:4])).all()


def soft(shape, middle, half, rng):
    """An ellipse, sometimes a rectangle, with an edge between hard and wide."""
    mask = np.zeros(shape, np.uint8)
    top = tuple(int(v) for v in middle - half)
    bottom = tuple(int(v) for v in middle + half)
    if rng.random() < 0.7:
        cv2.ellipse(mask, tuple(int(v) for v in middle), tuple(max(1, int(v)) for v in half), 0, 0, 360, 255, -1)
    else:
        cv2.rectangle(mask, top, bottom, 255, -1)
    blur = rng.uniform(0.02, 0.12) * float(half.max())
    return cv2.blur(mask, (2 * int(blur) + 1,) * 2)


def mix(below, above, cover):
    alpha = cover[..., None].astype(np.float32) / 255
    return (below + (above.astype(np.float32) - below) * alpha + 0.5).astype(np.uint8)


def blend(canvas, picture, mask, matrix, scale):
    size = canvas.shape[0]
    return mix(canvas, warp(picture, matrix, size, scale, cv2.BORDER_REPLICATE), warp(mask, matrix, size, scale))


def seen(cover, box):
    """The share of a box's inner half that a cover shows."""
    left, top = (box[:2] + box[2:4] * 0.15).astype(int)
    right, bottom = (box[:2] + box[2:4] * 0.85).astype(int) + 1
    part = cover[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    return float(part.mean()) / 255 if part.size else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--scenes", type=int, default=2000)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--held", action="store_true", help="compose with the held-out people and grounds")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    people, grounds = load(options.cache / "people.pkl", options.held), load(options.cache / "grounds.pkl", options.held)
    for shard in range(options.first, options.first + options.shards):
        composer = Composer(people, grounds, (7 if options.held else 1, shard), options.size)
        scenes = [composer.labelled() for _ in range(options.scenes)]
        name = "held" if options.held else f"shard-{shard}"
        part = options.cache / f"{name}.part.npz"
        np.savez(part, pictures=np.stack([s[0] for s in scenes]), labels=np.stack([s[1] for s in scenes]))
        part.rename(options.cache / f"{name}.npz")
        print(name, options.scenes, "scenes", int((np.stack([s[1] for s in scenes])[..., 14] == 1).sum()), "faces", flush=True)


if __name__ == "__main__":
    main()
