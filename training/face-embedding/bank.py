"""Textures of many pictures: each as it is and as it could have been.

    python3 bank.py --work WORK [--copies 4]

writes WORK/bank.npz: features (float16) and contrasts of every real face plain, then of augmented copies, of drawn people, of ruined faces
and of none.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from augment import MARGIN, SIDE, face_sample, ruined
from net import Textures
from people import packs


@torch.no_grad()
def textures(faces, textures_of=Textures()):
    """Of an iterable of 112 x 112 faces (bytes)."""
    features, contrasts, batch = [], [], []
    for face in faces:
        batch.append(face)
        if len(batch) == 32:
            flush(batch, features, contrasts, textures_of)
    flush(batch, features, contrasts, textures_of)
    return np.concatenate(features), np.concatenate(contrasts)


def flush(batch, features, contrasts, textures_of):
    if batch:
        f, c = textures_of(torch.from_numpy(np.stack(batch)).permute(0, 3, 1, 2).float().contiguous() / 255)
        features.append(f.numpy().astype(np.float16))
        contrasts.append(c.numpy())
        batch.clear()


def plain(faces):
    return (f[MARGIN:MARGIN + SIDE, MARGIN:MARGIN + SIDE] for f in faces)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--copies", type=int, default=4)
    args.add_argument("--ruined", type=int, default=4000)
    args = args.parse_args()
    torch.set_num_threads(1)
    real, drawn = packs(args.work, "real")[0], packs(args.work, "drawn")[0]
    save = lambda name, faces: np.savez(args.work / f"bank-{name}.npz", **dict(zip("xc", textures(faces))))
    save("plain", plain(real))
    print("plain", flush=True)
    rng = lambda i: np.random.default_rng([17, i])
    for copy in range(args.copies):
        save(f"copy{copy}", (face_sample(rng(copy * len(real) + i), f) for i, f in enumerate(real)))
        print("copy", copy, flush=True)
    save("drawn", plain(drawn))
    numbers = np.random.default_rng(3).integers(0, len(real), args.ruined)
    save("ruined", (ruined(rng(10**7 + i), real[k]) for i, k in enumerate(numbers)))
    np.save(args.work / "bank-ruined-of.npy", numbers)


if __name__ == "__main__":
    main()
