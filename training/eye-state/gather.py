"""Gathers eyes: wide cuts of 96 x 96 and what is known of them.

    python3 gather.py --data ../../../shared/data --mesh MESH --work WORK

MESH is the folder that training/face-mesh's recipe has filled: real faces with the teacher's meshes, drawn heads with exact ones. Writes
WORK/{pictures-train,pictures-valid,real-lfw,real-yawn,dark-glasses,other,held-lfw,held-other,drawn-NN}.npz with

    eyes   uint8 n x 96 x 96 x 3, the eye on the picture's right mirrored, so that the outer corner is left
    span   how many sides of the cut the picture measures
    low, high   between which its openness lies: every label is an interval, an exact one has no length
    seen   0..1, whether there is an eye to be seen
    who    person
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from cut import CORNERS, aspect_ratio, eye_cut, turned_away

STORED, SPAN = 96, 2.0
CLOSED, OPEN, UNKNOWN = (0.0, 0.08), (0.7, 1.0), (0.0, 1.0)


def smooth(x, a, b):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def eye_of(picture, mesh, eye, between, who):
    """A wide cut; the far eye of a head that turns away is hidden bit by bit."""
    cut = eye_cut(mesh, eye).turned(scale=SPAN).cut(picture, STORED)
    seen = 1 - smooth(turned_away(mesh, eye), 42, 62)
    return (cut[:, ::-1] if eye else cut), SPAN, *between, seen, who


def by_ratio(ratio):
    """What the teacher's lids say: open eyes for sure, closed ones seldom."""
    for least, between in ((0.28, (0.6, 1.0)), (0.24, (0.4, 1.0)), (0.2, (0.2, 1.0)), (0.12, UNKNOWN)):
        if ratio >= least:
            return between
    return 0.0, 0.6


def pictures(folder):
    """Open and closed eyes as they come: the whole picture is the cut."""
    for kind, between in (("closed", CLOSED), ("open", OPEN)):
        for file in sorted((folder / kind).glob("*.jpg")):
            eye = cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB)
            yield cv2.resize(eye, (STORED, STORED), interpolation=cv2.INTER_AREA), 1.0, *between, 1.0, f"{kind}/{file.name}"


def faces(base):
    """Wide crops of faces, their meshes in pixels, and whose they are."""
    crops, meshes = np.load(f"{base}-crops.npy", mmap_mode="r"), np.load(f"{base}-mesh.npy").astype(np.float64)
    info = Path(f"{base}-info.jsonl")
    who = [json.loads(line)["who"] for line in info.open()] if info.exists() else [f"{base}:{i}" for i in range(len(crops))]
    for crop, mesh, name in zip(crops, meshes, who):
        mesh = mesh * crop.shape[0]
        mesh[:, :2] -= 0.5
        yield np.asarray(crop), mesh, name


def dark_glasses(base):
    """Which faces of a pack wear them, by a list made by eye."""
    lines = (Path(__file__).parent / "dark-glasses.txt").read_text().splitlines()
    known = {line for line in lines if line and not line.startswith("#")}
    return [json.loads(line)["file"] in known for line in open(f"{base}-info.jsonl")]


def real(base, dark=False):
    """Eyes of real faces: of those with dark glasses there is none to be seen."""
    for (picture, mesh, who), glasses in zip(faces(base), dark_glasses(base)):
        if glasses == dark:
            for eye in range(len(CORNERS)):
                row = eye_of(picture, mesh, eye, UNKNOWN if dark else by_ratio(aspect_ratio(mesh, eye)), who)
                yield (*row[:4], 0.0, who) if dark else row


def drawn(base, head, first):
    """The heads of face-mesh: how far their eyes are open follows from their seeds."""
    from render import Wish, openness, random_person

    for i, (picture, mesh, who) in enumerate(faces(base)):
        identity, _, expressions, _, _ = random_person(np.random.default_rng(first + i), Wish())
        for eye, gap in enumerate(openness(head, identity, expressions)):
            yield eye_of(picture, mesh, eye, (gap, gap), who)


def other(base, count, seed=5):
    """Places of faces where no eye is: cheeks, mouths, brows, ears, hair, what is behind."""
    rng, packs = np.random.default_rng(seed), list(faces(base))
    while count:
        picture, mesh, who = packs[rng.integers(len(packs))]
        eyes = [eye_cut(mesh, e) for e in range(len(CORNERS))]
        away, direction = rng.uniform(0.6, 5), rng.uniform(0, 2 * np.pi)
        place = eyes[rng.integers(2)].turned(rng.normal(0, 30), rng.uniform(0.4, 2.2), away * np.cos(direction),
                                             away * np.sin(direction))
        apart = min(np.hypot(place.cx - e.cx, place.cy - e.cy) for e in eyes)
        if apart > 0.55 * max(place.side, eyes[0].side) and 0 < place.cx < 255 and 0 < place.cy < 255:
            count -= 1
            yield place.turned(scale=SPAN).cut(picture, STORED), SPAN, *UNKNOWN, 0.0, who


def save(path, rows):
    eyes, span, low, high, seen, who = zip(*rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, eyes=np.stack(eyes), span=np.float32(span), low=np.float32(low), high=np.float32(high),
             seen=np.float32(seen), who=np.array(who))
    print(path.name, len(eyes), flush=True)


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("--data", "--mesh", "--work"):
        args.add_argument(name, required=True, type=Path)
    args = args.parse_args()
    for part in ("train", "valid"):
        save(args.work / f"pictures-{part}", pictures(args.data / "face/eyes" / part))
    for name in ("train-lfw", "train-yawn", "held-lfw"):
        save(args.work / name.replace("train", "real"), real(args.mesh / "real" / name))
    save(args.work / "dark-glasses", real(args.mesh / "real/train-lfw", dark=True))
    save(args.work / "other", other(args.mesh / "real/train-lfw", 5000))
    save(args.work / "held-other", other(args.mesh / "real/held-lfw", 400, 6))
    from heads import Head

    head = Head(args.data / "head")
    for i, base in enumerate(sorted(args.mesh.glob("heads-[0-9]*-crops.npy"))):
        save(args.work / f"drawn-{i:02d}", drawn(str(base).replace("-crops.npy", ""), head, 1000 * i))


if __name__ == "__main__":
    main()
