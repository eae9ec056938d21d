"""Cuts out what the detector takes for faces, rightly and wrongly, as the mesh network will see it: python3 doubts.py --cache DIR --weights FILE

Writes doubts.npz: crops (n x 128 x 128 x 3, RGB bytes) and faces (n, 1 or 0), from which ../face-mesh/presence.py learns to tell them apart.
Mistakes come from the hard scenes alone, where the teacher had a second look; faces from all.
"""

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np

from compose import Mistakes
from eval import Ours
from train import mirrored, photographed

sys.path.append(str(Path(__file__).resolve().parent.parent / "face-mesh"))
from crop import crop_of


def cut(detector, picture, rows, hard, sure):
    """(crop, is a face) of every clear answer."""
    real, vague = rows[rows[:, 14] == 1], rows[rows[:, 14] == -1]
    rgb = picture[..., ::-1]
    for found in detector(picture, sure):
        if any(Mistakes.near(found, v) for v in vague):
            continue
        face = any(Mistakes.near(found, r) for r in real)
        crop = crop_of(found[4:14].reshape(5, 2))
        if (face or hard) and crop.side > 12:
            yield crop.cut(rgb), face


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--faces", type=int, default=4000)
    parser.add_argument("--mistakes", type=int, default=4000)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    detector, rng = Ours(options.weights), np.random.default_rng(17)
    crops, faces = [], []
    wanted = {False: options.mistakes, True: options.faces}
    for file in sorted(options.cache.glob("shard-*.npz"), key=lambda f: "hard" not in f.name):
        content, hard = np.load(file), "hard" in file.name
        for picture, rows in zip(content["pictures"], content["labels"]):
            if rng.random() < 0.5:
                picture, rows = mirrored(picture, rows)
            if rng.random() < 0.5:
                picture = photographed(np.ascontiguousarray(picture), rng)
            for crop, face in cut(detector, np.ascontiguousarray(picture), rows, hard, 0.2):
                if wanted[face]:
                    wanted[face] -= 1
                    crops.append(crop)
                    faces.append(face)
            if not wanted[True] and not (hard and wanted[False]):
                break
    np.savez(options.cache / "doubts.npz", crops=np.stack(crops), faces=np.array(faces))
    print(sum(faces), "faces,", len(faces) - sum(faces), "mistakes")


if __name__ == "__main__":
    main()
