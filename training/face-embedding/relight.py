"""Real faces under other lamps: the mesh that the engine finds has a shape, and a shape can be lit.

    python3 relight.py --seen SEEN.jsonl --work WORK

SEEN.jsonl is what `./fovea see FOLDER --json` prints. Writes WORK/bank-lamp.npz: textures of a relit copy of every second real face, and
WORK/bank-held.npz: two of every held-out one, in turn, to watch how much of a face outlasts its lamp.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from align import similarity
from augment import MARGIN, SIDE, to_bytes
from bank import textures
from pack import middle_face
from people import held_out, packs

WIRES = Path(__file__).resolve().parents[2] / "engine/vision/src/main/resources/dev/fovea/vision/face-wires.txt"


def triangles():
    rows = [line.split() for line in WIRES.read_text().splitlines() if line and not line.startswith("#")]
    return np.array([[int(float(v)) for v in row] for row in rows])


TRIANGLES = triangles()


def normals(face):
    """Unit normals towards the camera's side, 112 x 112 x 3 (x right, y down, z away): the mesh's, and their blur beyond it."""
    matrix = similarity(face["points5"])
    mesh = np.array(face["mesh"], float)
    mesh = np.c_[mesh[:, :2] @ matrix[:, :2].T + matrix[:, 2], mesh[:, 2] * np.hypot(*matrix[0, :2])]
    a, b, c = (mesh[TRIANGLES[:, i]] for i in range(3))
    n = np.cross(b - a, c - a)
    n *= np.where(n[:, 2:] > 0, -1, 1) / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-9)
    picture, depth = np.zeros((SIDE, SIDE, 4), np.float32), (a + b + c)[:, 2]
    for k in np.argsort(-depth):
        corners = np.round(16 * mesh[TRIANGLES[k], :2]).astype(np.int32)
        cv2.fillConvexPoly(picture, corners, (*n[k], 1.0), shift=4)
    near, far = (cv2.GaussianBlur(picture, (0, 0), s) for s in (2.0, 14.0))
    out = near + 1e-3 * far
    return out[..., :3] / np.maximum(np.linalg.norm(out[..., :3], axis=2, keepdims=True), 1e-6)


def relit(rng, face, shape):
    """One lamp from anywhere in front or aside, some light from everywhere; what is turned away lies in the dark."""
    azimuth, height = np.radians(rng.uniform(-115, 115)), np.radians(rng.uniform(-30, 65))
    lamp = np.array([np.sin(azimuth) * np.cos(height), -np.sin(height), -np.cos(azimuth) * np.cos(height)])
    ambient = 10 ** rng.uniform(-2.2, -0.5)
    light = ambient + np.clip(shape @ lamp + 0.03, 0, None)
    light = cv2.GaussianBlur(light.astype(np.float32), (0, 0), rng.uniform(0.5, 2.5))
    linear = (face.astype(np.float32) / 255) ** 2.2
    linear *= 0.2 / max(0.02, float(linear.mean())) * rng.uniform(0.6, 1.6) * light[..., None]
    linear += rng.normal(0, 0.0008, linear.shape)
    return to_bytes(np.clip(linear, 0, 1) ** (1 / 2.2))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--seen", required=True, type=Path)
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--sheet", help="draws a few instead, to look at")
    args = args.parse_args()
    torch.set_num_threads(1)
    faces, who = packs(args.work, "real")
    files = json.loads((args.work / "real-lfw-files.json").read_text())
    rows = {row["file"]: row for row in map(json.loads, open(args.seen))}
    plain = lambda i: faces[i][MARGIN:MARGIN + SIDE, MARGIN:MARGIN + SIDE]
    copy = lambda i, k: relit(np.random.default_rng([29, i, k]), plain(i), normals(middle_face(rows[files[i]])))
    if args.sheet:
        cv2.imwrite(args.sheet, np.vstack([np.hstack([plain(i)] + [copy(i, k) for k in range(6)]) for i in range(6)])[..., ::-1])
        return
    count = {n: who.count(n) for n in set(who)}
    held = [i for i, n in enumerate(who) if count[n] > 1 and held_out(n)]
    x, c = textures(copy(i, 1 + k) for k in range(2) for i in held)
    np.savez(args.work / "bank-held.npz", x=x, c=c)
    numbers = np.array([i for i in range(0, len(who), 2) if i not in set(held)])
    x, c = textures(copy(i, 0) for i in numbers)
    np.savez(args.work / "bank-lamp.npz", x=x, c=c, of=numbers)


if __name__ == "__main__":
    main()
