"""Cuts real faces out where the engine sees them, as it does.

    python3 pack.py --data DATA --pictures LFW --seen SEEN.jsonl --work WORK

SEEN.jsonl is what `./fovea see LFW --json` prints. Leaves out reserved people and those of the fold. Writes
WORK/real-lfw-{faces.npy,who.json,files.json}.
"""

import argparse
import csv
import json
import re
from pathlib import Path

import cv2
import numpy as np

from align import cut
from augment import MARGIN

FAR = 45  # pixels from the middle of a picture of 250: further away it is somebody else


def person(file):
    return re.sub(r"_\d+\.jpg$", "", Path(file).name)


def forbidden(data):
    people = set((data / "face/lfw/reserved-people.txt").read_text().split())
    for row in csv.DictReader(open(data / "face/lfw/pairs.csv")):
        people |= {person(row["first"]), person(row["second"])}
    return people


def middle_face(row):
    """The face nearest to the middle, whose name the picture bears, or None."""
    centre = np.array([row["width"], row["height"]]) / 2
    off = lambda face: np.hypot(*(np.mean(face["points5"], 0) - centre))
    best = min(row["faces"], key=off, default=None)
    return best if best and off(best) <= FAR else None


def main():
    args = argparse.ArgumentParser()
    for name in ("--data", "--pictures", "--seen", "--work"):
        args.add_argument(name, required=True, type=Path)
    args = args.parse_args()
    never, faces, files = forbidden(args.data), [], []
    for row in map(json.loads, open(args.seen)):
        face = middle_face(row)
        if face and person(row["file"]) not in never:
            picture = cv2.imread(str(args.pictures / row["file"]))[..., ::-1]
            faces.append(cut(np.ascontiguousarray(picture), face["points5"], MARGIN))
            files.append(row["file"])
    np.save(args.work / "real-lfw-faces.npy", np.stack(faces))
    (args.work / "real-lfw-who.json").write_text(json.dumps([person(f) for f in files]))
    (args.work / "real-lfw-files.json").write_text(json.dumps(files))
    print(len(faces), "faces of", len({person(f) for f in files}), "people")


if __name__ == "__main__":
    main()
