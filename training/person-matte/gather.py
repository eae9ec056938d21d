"""Gathers what there is to learn from: python3 gather.py --data DIR --faces DIR --grounds grounds.pkl --out CACHE

Writes portraits.pkl, held.pkl (portraits that choose), people.pkl (labelled by the teacher) and grounds.pkl: lists of Labelled. FACES is a folder
with pictures of Labeled Faces in the Wild of people who are not reserved, GROUNDS what training/face-detector/gather.py wrote.
"""

import argparse
import csv
import pickle
import random
from collections import namedtuple
from pathlib import Path

import cv2
import numpy as np
import torch

from teacher import Selfie

# jpeg and png: the files' bytes; png is None where nobody is.
Labelled = namedtuple("Labelled", "name jpeg png")

EVALUATED = 40  # of the portraits, those whose names sort last
# At most so many grounds of each kind; hands are parts of people.
GROUNDS = {"clothing-dataset-small": 250, "Dog-Cat-Classifier": 400, "BoofCV-Data": 250, "Sign-Language-Digits-Dataset": 0}


def packed(name, picture, mask):
    jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()
    return tuple(Labelled(name, jpeg, None if mask is None else cv2.imencode(".png", mask)[1].tobytes()))


def shrunk(picture, longest=512):
    scale = longest / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


def portraits(folder):
    """(to learn from, to choose by): every tenth chooses, the last ones are neither."""
    names = sorted(f.name for f in folder.glob("*.jpg"))[:-EVALUATED]
    parts = [], []
    for i, name in enumerate(names):
        picture = cv2.imread(str(folder / name))
        mask = cv2.imread(str(folder / (name[:-4] + "-mask.png")), cv2.IMREAD_GRAYSCALE)
        parts[i % 10 == 9].append(packed(name, shrunk(picture), shrunk(mask)))
    return parts


def guided(guide, mask, radius, epsilon=1e-4):
    """The guided filter of He, Sun and Tang (2013): brings a coarse mask to the edges of the picture."""
    def mean(x):
        return cv2.blur(x, (2 * radius + 1,) * 2)

    g = guide.astype(np.float32) / 255
    slope = (mean(g * mask) - mean(g) * mean(mask)) / (mean(g * g) - mean(g) ** 2 + epsilon)
    offset = mean(mask) - slope * mean(g)
    return np.clip(mean(slope) * g + mean(offset), 0, 1)


def taught(teacher, name, picture):
    """The teacher's mask; nothing if it doubts more than a tenth of the picture, or sees hardly anybody."""
    mask = teacher.both_ways(picture)
    doubt = ((mask > 0.2) & (mask < 0.8)).mean()
    if doubt > 0.1 or mask.mean() < 0.05:
        return None
    return packed(name, picture, (guided(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), mask, 3) * 255 + 0.5).astype(np.uint8))


def people(teacher, data, faces, most):
    seen = set()
    for file in sorted(faces.glob("*.jpg")):
        person = file.stem.rsplit("_", 1)[0]
        if person not in seen and len(seen) < most:
            seen.add(person)
            yield taught(teacher, person, cv2.imread(str(file)))
    for row in csv.DictReader(open(data / "face" / "yawn" / "labels.csv")):
        if int(row["person_cluster"]) % 4:
            yield taught(teacher, "yawn-" + row["person_cluster"], shrunk(cv2.imread(str(data / "face" / "yawn" / row["file"])), 320))


def grounds(teacher, file):
    """Pictures without anybody: the teacher has to agree, except about animals."""
    items = pickle.loads(file.read_bytes())
    random.Random(5).shuffle(items)
    left = dict(GROUNDS)
    for jpeg, name, faces, _ in items:
        kind = name.split("/")[0]
        if len(faces) or left.get(kind, 1) == 0:
            continue
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
        if kind == "Dog-Cat-Classifier" or (teacher.raw(picture) > 0.5).mean() < 0.01:
            if kind in left:
                left[kind] -= 1
            yield tuple(Labelled(name, jpeg, None))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--grounds", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=900, help="people to take from FACES")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    teacher = Selfie(options.data.parent / "models" / "public")
    learn, held = portraits(options.data / "portrait" / "matte")
    found = {
        "portraits": learn,
        "held": held,
        "people": [p for p in people(teacher, options.data, options.faces, options.most) if p],
        "grounds": list(grounds(teacher, options.grounds)),
    }
    for name, items in found.items():
        (options.out / f"{name}.pkl").write_bytes(pickle.dumps(items))
        print(name, len(items), flush=True)


if __name__ == "__main__":
    main()
