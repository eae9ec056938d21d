"""Composes labelled scenes: portraits cut anew, people pasted on grounds, grounds alone.

python3 compose.py --cache CACHE --shards 20 writes shard-0.npz, shard-1.npz, ... of 500 scenes of one shape each.
"""

import argparse
import pickle
from pathlib import Path

import cv2
import numpy as np

from gather import Labelled

# Height and width: about as many pixels each, multiples of 32; portraits are mostly 3 to 4 or 4 to 3.
SHAPES = [(256, 192), (192, 256), (224, 224), (256, 192), (192, 256), (160, 288), (288, 160), (192, 256)]


def load(file):
    """(picture, mask or None) for each."""
    items = [Labelled(*item) for item in pickle.loads(file.read_bytes())]
    return [(decoded(i.jpeg, cv2.IMREAD_COLOR), i.png and decoded(i.png, cv2.IMREAD_GRAYSCALE)) for i in items]


def decoded(data, how):
    return cv2.imdecode(np.frombuffer(data, np.uint8), how)


def spread(rng, low, high):
    """Every octave as likely as any other."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def reduce(picture, scale):
    """Halves a picture while the warp to come would skip pixels."""
    factor = 1.0
    while scale * factor < 0.6 and min(picture.shape[:2]) > 16:
        picture, factor = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), factor * 2
    return picture, factor


def warp(picture, matrix, shape, border=cv2.BORDER_CONSTANT):
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    small, factor = reduce(picture, scale)
    # Halving maps x to (x + 0.5) / factor - 0.5, so the matrix has to start from there.
    inner = matrix.copy()
    inner[:, 2] += matrix[:, :2] @ np.full(2, (factor - 1) / 2)
    inner[:, :2] *= factor
    return cv2.warpAffine(small, inner, shape[::-1], flags=cv2.INTER_LINEAR, borderMode=border)


def placed(source, target, across, down, angle, mirrored):
    """The 2 x 3 matrix that scales, turns (radians) and mirrors about `source` and brings it to `target`."""
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, -s], [s, c]]) @ np.diag([-across if mirrored else across, down])
    return np.hstack([turn, (np.asarray(target) - turn @ np.asarray(source))[:, None]])


def mixed(below, above, cover):
    share = cover[..., None].astype(np.float32) / 255
    return (below + (above.astype(np.float32) - below) * share + 0.5).astype(np.uint8)


class Composer:
    def __init__(self, cache, seed):
        self.portraits, self.people = load(cache / "portraits.pkl"), load(cache / "people.pkl")
        self.grounds = load(cache / "grounds.pkl")
        self.rng = np.random.default_rng(seed)

    def pick(self, items):
        return items[self.rng.integers(len(items))]

    def window(self, picture, mask, shape, least, turned=0.12):
        """A window of a picture, from `least` of it up to all, in the shape's proportions or nearly."""
        rng = self.rng
        height, width = picture.shape[:2]
        cover = max(shape[0] / height, shape[1] / width)
        fit = min(shape[0] / height, shape[1] / width)
        # Now and then all of it is squeezed in, as an engine does with odd proportions.
        whole = rng.random() < 0.3 and fit / cover > 0.7
        scale = cover / rng.uniform(least, 1)
        across, down = (shape[1] / width, shape[0] / height) if whole else (scale * rng.uniform(0.92, 1.08), scale)
        down = max(down, shape[0] / height)
        across = max(across, shape[1] / width)
        room = np.array([width - shape[1] / across, height - shape[0] / down])
        centre = np.array([width, height]) / 2 + rng.uniform(-0.5, 0.5, 2) * room
        angle = rng.normal(0, turned) if rng.random() < 0.35 else 0.0
        matrix = placed(centre - 0.5, (np.array(shape[::-1]) - 1) / 2, across, down, angle, rng.random() < 0.5)
        view = warp(picture, matrix, shape, cv2.BORDER_REFLECT_101)
        cover = np.zeros(shape, np.uint8) if mask is None else warp(mask, matrix, shape, cv2.BORDER_REFLECT_101)
        return view, cover

    def ground(self, shape):
        return self.window(*self.pick(self.grounds), shape, 0.35, 0.3)

    def portrait(self, shape):
        return self.dressed(*self.window(*self.pick(self.portraits), shape, 0.55))

    def taught(self, shape):
        return self.dressed(*self.window(*self.pick(self.people), shape, 0.6))

    def dressed(self, view, cover):
        """People, or what is behind them, in other colours; now and then clothes of any cloth: few people are to stand for many."""
        rng, kind = self.rng, self.rng.random()
        if kind < 0.3:
            return mixed(view, self.recoloured(view), cover), cover
        if kind < 0.5:
            return mixed(self.recoloured(view), view, cover), cover
        rows = np.nonzero((cover > 127).any(1))[0]
        if kind < 0.68 and len(rows) > 30:
            cloth = self.ground(cover.shape)[0].astype(np.float32)
            shade = cv2.cvtColor(view, cv2.COLOR_BGR2GRAY).astype(np.float32)
            shade = (shade + 15) / (shade[cover > 127].mean() + 15)
            neck = rows[0] + (rows[-1] - rows[0]) * rng.uniform(0.25, 0.6)
            below = np.clip((np.arange(len(cover)) - neck) / 6, 0, 1)[:, None]
            return mixed(view, np.clip(cloth * shade[..., None], 0, 255).astype(np.uint8), (cover * below).astype(np.uint8)), cover
        return view, cover

    def recoloured(self, picture):
        rng = self.rng
        hsv = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV).astype(np.float32)
        hsv[..., 0] = (hsv[..., 0] + rng.normal(0, 25)) % 180
        hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.2, 1.6), 0, 255)
        hsv[..., 2] = 255 * (hsv[..., 2] / 255) ** np.exp(rng.normal(0, 0.35))
        return cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2BGR)

    def pasted(self, shape):
        """One to three people cut out and put on a ground, large or small, upright or not, cut by the border."""
        view, cover = self.ground(shape)
        for _ in range(self.rng.choice([1, 1, 1, 2, 2, 3, 4])):
            if self.rng.random() < 0.75:
                picture, mask = self.pick(self.portraits)
            else:
                picture, mask = self.pick(self.people)
            view, cover = self.paste(view, cover, picture, mask)
        return view, cover

    def paste(self, view, cover, picture, mask):
        rng, shape = self.rng, cover.shape
        ys, xs = np.nonzero(mask > 127)
        if len(ys) < 200:
            return view, cover
        top, bottom, left, right = ys.min(), ys.max() + 1, xs.min(), xs.max() + 1
        cut = bottom > mask.shape[0] - 3
        scale = spread(rng, 0.13, 1.3) * min(shape[0] / (bottom - top), 1.4 * shape[1] / (right - left))
        scale = min(scale, 2.0)
        middle = np.array([(left + right) / 2, (top + bottom) / 2])
        half = (bottom - top) * scale / 2
        x = rng.uniform(0.05, 0.95) * shape[1]
        # Who is cut off below stands on the border; nobody's legs end in the air.
        y = shape[0] - half + rng.uniform(0, 0.5) * half if cut else rng.uniform(min(half, shape[0] / 2), max(shape[0] - half * 0.7, shape[0] / 2))
        angle = 0.0 if cut else rng.normal(0, 0.15) if rng.random() < 0.8 else rng.uniform(-1.5, 1.5)
        matrix = placed(middle, (x, y), scale, scale * rng.uniform(0.93, 1.07), angle, rng.random() < 0.5)
        alpha = warp(self.edge(mask), matrix, shape)
        person = self.toned(warp(picture, matrix, shape, cv2.BORDER_REPLICATE), view, alpha)
        return mixed(view, self.dressed(person, alpha)[0], alpha), np.maximum(cover, alpha)

    def edge(self, mask):
        """A softer mask, a little narrower, so that the old ground stays behind."""
        k = int(self.rng.integers(1, 4))
        return cv2.blur(cv2.erode(mask, np.ones((k, k), np.uint8)), (3, 3))

    def toned(self, person, view, alpha):
        """Half way to the ground's brightness, so that light does not give people away."""
        inside = alpha > 127
        if not inside.any() or self.rng.random() < 0.4:
            return person
        gain = (view.mean((0, 1)) + 20) / (person[inside].mean(0) + 20)
        gain = np.clip(gain, 0.5, 1.8) ** self.rng.uniform(0, 0.7)
        return np.clip(person * gain, 0, 255).astype(np.uint8)

    def scene(self, shape):
        kind = self.rng.random()
        make = self.portrait if kind < 0.42 else self.pasted if kind < 0.70 else self.taught if kind < 0.86 else self.ground
        view, cover = make(shape)
        if self.rng.random() < 0.35:
            quality = int(self.rng.integers(25, 90))
            view = cv2.imdecode(cv2.imencode(".jpg", view, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
        return view, cover


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--shards", type=int, default=24)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--scenes", type=int, default=500)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    for shard in range(options.first, options.first + options.shards):
        composer = Composer(options.cache, (3, shard)) if shard == options.first else composer
        composer.rng = np.random.default_rng((3, shard))
        shape = SHAPES[shard % len(SHAPES)]
        scenes = [composer.scene(shape) for _ in range(options.scenes)]
        part = options.cache / f"shard-{shard}.part.npz"
        np.savez(part, pictures=np.stack([s[0] for s in scenes]), masks=np.stack([s[1] for s in scenes]))
        part.rename(options.cache / f"shard-{shard}.npz")
        print("shard", shard, shape, "people cover", np.stack([s[1] for s in scenes]).mean() / 255, flush=True)


if __name__ == "__main__":
    main()
