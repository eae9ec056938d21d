"""Composes labelled scenes: real faces at every size and angle, alone, in rows, and pasted on grounds beside decoys without faces.

python3 compose.py --cache DIR --shards 12 --size 224 writes shard-0.npz, shard-1.npz, ... of 2000 scenes each; with --hard WEIGHTS only scenes in
which these weights see a face where there is none.
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
    """One person in twenty chooses checkpoints and is never trained on; pieces of a picture ("name#3") go with it."""
    return zlib.crc32(name.split("#")[0].encode()) % 20 == 0


def load(file, held):
    if not Path(file).exists():
        return []
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
    def __init__(self, people, heads, grounds, seed, size, bare=0.18):
        self.people, self.heads, self.grounds = people, heads, sources(grounds)
        # A source of many alike pictures, such as hands, must not drown one of few that differ.
        share = np.sqrt([len(items) for items in self.grounds])
        self.shares = share / share.sum()
        self.bare = bare
        self.rng, self.size = np.random.default_rng(seed), size

    def pick(self, items):
        return items[self.rng.integers(len(items))]

    def anyone(self, drawn=0.12):
        return self.pick(self.heads if self.heads and self.rng.random() < drawn else self.people)

    def anything(self):
        return self.pick(self.grounds[self.rng.choice(len(self.grounds), p=self.shares)])

    def ground(self):
        """A piece of a ground picture with its own labels."""
        rng, item = self.rng, self.anything()
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
        rng, item = self.rng, self.anyone()
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

    def close(self):
        """A picture that its face fills, as cut out by someone, on black or on something else."""
        rng, item = self.rng, self.anyone(0.3)
        picture = opened(item)
        main = max(item.faces, key=size_of)
        side = int(spread(rng, 32, self.size + 1))
        scale = side / (size_of(main) * rng.uniform(0.85, 1.6))
        if scale > 3:
            return self.alone()
        middle = (side - 1) / 2 + rng.normal(0, 0.06, 2) * side
        matrix = similarity(scale, rng.normal(0, 0.25), main[:2] + main[2:4] / 2, middle)
        border = [cv2.BORDER_CONSTANT, cv2.BORDER_REPLICATE, cv2.BORDER_REFLECT_101][rng.integers(3)]
        cut = warp(picture, matrix, side, scale, border)
        if rng.random() < 0.5:
            canvas, faces, vague = np.zeros((self.size, self.size, 3), np.uint8), item.faces[:0], item.vague[:0]
        else:
            canvas, faces, vague = self.ground()
        at = rng.integers(0, self.size - side + 1, 2)
        under = np.array([touch(f, np.array([*at, side, side])) for f in faces], bool)
        faces, vague = faces[~under], np.concatenate([vague, faces[under, :4]])
        canvas[at[1] : at[1] + side, at[0] : at[0] + side] = cut
        new, doubted = moved(item.faces, matrix), moved(item.vague, matrix)
        shown = np.clip(new[:, :2] + new[:, 2:4], 0, side) - np.clip(new[:, :2], 0, side)
        share = shown.prod(1) / new[:, 2:4].prod(1)
        new[:, :2] += at
        new[:, 4:] += np.tile(at, 5)
        doubted[:, :2] += at
        return canvas, np.concatenate([faces, new[share > 0.6]]), np.concatenate([vague, doubted, new[(share <= 0.6) & (share > 0), :4]])

    def rows(self):
        """A wall of whole pictures."""
        rng, cells = self.rng, int(self.rng.integers(2, 5))
        step = self.size / cells
        canvas, faces, vague = self.ground()
        faces, vague = [faces[:0]], [faces[:0, :4]]
        for row in range(cells):
            for column in range(cells):
                item = self.anyone()
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
        rng, item = self.rng, self.anyone()
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
        item = self.anything()
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
        if self.rng.random() < self.bare:
            return self.ground()
        kind = self.rng.random()
        make = self.alone if kind < 0.37 else self.close if kind < 0.52 else self.crowd if kind < 0.93 else self.rows
        return make()

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


def sources(grounds):
    """Grounds by where they come from: the first part of their name, films together."""
    found = {}
    for item in grounds:
        found.setdefault(item.person.split("/")[0], []).append(item)
    return list(found.values())


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


class Mistakes:
    """Finds scenes in which a detector sees a face where there is none, and asks the teacher, nearer and in the mirror, whether there is."""

    def __init__(self, weights, models, sure=0.3):
        import torch

        from eval import Ours
        from teacher import YuNet

        torch.set_num_threads(1)
        self.detector, self.teacher, self.sure = Ours(weights), YuNet(models), sure

    def looked_at(self, canvas, rows):
        """The labels, with what the teacher doubts added as vague; None if the detector makes no mistake."""
        known = rows[rows[:, 14] != 0, :4]
        wrong = [f for f in self.detector(canvas, self.sure) if not any(self.near(f, k) for k in known)]
        if not wrong:
            return None
        # Mirrored, then twice as large: what is real and small or half turned shows in one of them.
        doubted = [f[:4] for f in self.teacher(canvas, 0.3)] + [f[:4] / 2 for f in self.teacher(cv2.resize(canvas, None, fx=2, fy=2), 0.3)]
        width = canvas.shape[1]
        doubted += [np.array([width - 1 - f[0] - f[2], *f[1:4]]) for f in self.teacher(canvas[:, ::-1], 0.3)]
        unclear = [f for f in wrong if any(self.near(f, d) for d in doubted)]
        if len(unclear) == len(wrong):
            return None
        free = np.flatnonzero(rows[:, 14] == 0)[: len(unclear)]
        for row, f in zip(free, unclear):
            rows[row, :4], rows[row, 14] = f[:4], -1
        return rows

    @staticmethod
    def near(a, b):
        return bool(np.abs(a[:2] + a[2:4] / 2 - b[:2] - b[2:4] / 2).max() < 0.6 * max(size_of(a), size_of(b)))


def composed(composer, count, mistakes=None):
    scenes = []
    while len(scenes) < count:
        canvas, rows = composer.labelled()
        if mistakes:
            rows = mistakes.looked_at(canvas, rows)
        if rows is not None:
            scenes.append((canvas, rows))
    return scenes


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--scenes", type=int, default=2000)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--held", action="store_true", help="compose with the held-out people and grounds")
    parser.add_argument("--hard", type=Path, help="weights: keep only scenes in which they are mistaken")
    parser.add_argument("--models", type=Path, default=Path("../../../shared/models/public"), help="where the teacher is, for --hard")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    people, heads, grounds = (load(options.cache / f"{what}.pkl", options.held) for what in ("people", "heads", "grounds"))
    mistakes = Mistakes(options.hard, options.models) if options.hard else None
    for shard in range(options.first, options.first + options.shards):
        composer = Composer(people, heads, grounds, (7 if options.held else 1, shard), options.size, 0.7 if mistakes else 0.18)
        scenes = composed(composer, options.scenes, mistakes)
        name = "held" if options.held else f"shard-hard-{shard}" if mistakes else f"shard-{shard}"
        part = options.cache / f"{name}.part.npz"
        np.savez(part, pictures=np.stack([s[0] for s in scenes]), labels=np.stack([s[1] for s in scenes]))
        part.rename(options.cache / f"{name}.npz")
        print(name, options.scenes, "scenes", int((np.stack([s[1] for s in scenes])[..., 14] == 1).sum()), "faces", flush=True)


if __name__ == "__main__":
    main()
