"""Gathers the pictures to learn from and lets the teacher label them: python3 gather.py people|grounds|heads --sources DIR --data DIR --out DIR

`people` writes people.pkl, `grounds` grounds.pkl and `heads` heads.pkl: lists of Labelled. SOURCES is a folder of clones (see README.md), for `heads`
the folder that ../face-mesh/render_heads.py filled; DATA is ../shared/data.
"""

import argparse
import csv
import pickle
import random
import re
import subprocess
from collections import namedtuple
from pathlib import Path

import cv2
import numpy as np
import torch

from teacher import YuNet, overlap

# jpeg: the file's bytes; person: whom a split must not tear apart; faces: rows of 14 (box, points); vague: boxes neither face nor background.
Labelled = namedtuple("Labelled", "jpeg person faces vague")

LFW = "CompreFace"
# The handbooks of grounds: folder of the clone, path inside, at most so many pictures.
GROUNDS = [
    ("clothing-dataset-small", "train", 1800),
    ("BoofCV-Data", "example", 1000),
    ("wallpapers-elementary", "", 100),
    ("wallpapers-pop-os", "original", 100),
    ("Dog-Cat-Classifier", "Data/Train_Data", 1400),
    ("Sign-Language-Digits-Dataset", "Dataset", 700),
    ("codec-corpus", "", 400),
    ("gb82-image-set", "", 100),
    ("sample-assets", "assets", 100),
]
# Evaluation looks at these scenes elsewhere; kodak shows people whom the teacher could miss.
NOT = re.compile(r"denseflow|example/stereo/|pngsuite|fuzz|kodak")


def person(name):
    return re.sub(r"_\d+\.jpg$", "", name)


def blobs(clone, history, wanted):
    """(path, bytes) of the pictures in a clone that `wanted` accepts, from its head or from its whole history."""
    log = ["log", "--all", "--no-renames", "--format=", "--raw", "--no-abbrev", "--diff-filter=A"]
    listing = log if history else ["ls-tree", "-r", "HEAD"]
    lines = subprocess.run(["git", "-C", clone, "-c", "core.quotepath=off", *listing], capture_output=True, text=True, check=False).stdout
    found = {}
    for line in lines.splitlines():
        meta, _, path = line.partition("\t")
        if wanted(path):
            found[path] = meta.split()[3 if history else 2]
    reader = subprocess.Popen(["git", "-C", clone, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for path, blob in sorted(found.items()):
        reader.stdin.write(f"{blob}\n".encode())
        reader.stdin.flush()
        head = reader.stdout.readline().split()
        if len(head) == 3:
            data = reader.stdout.read(int(head[2]))
            reader.stdout.read(1)
            yield path, data
    reader.kill()


def both_ways(teacher, picture, sure=0.6, unsure=0.25):
    """Faces on which the teacher agrees with itself in the mirror (averaged), and boxes about which it doubts."""
    width = picture.shape[1]
    plain, mirror = teacher.many([picture, picture[:, ::-1]], unsure)
    swap = [4 + i for i in (2, 3, 0, 1, 4, 5, 8, 9, 6, 7)]
    mirror = mirror[:, [0, 1, 2, 3, *swap, 14]].copy()
    mirror[:, 0] = width - 1 - mirror[:, 0] - mirror[:, 2]
    mirror[:, 4:14:2] = width - 1 - mirror[:, 4:14:2]
    faces, vague = [], []
    for row in plain:
        shared = overlap(row, mirror) if len(mirror) else np.zeros(1)
        if shared.max() > 0.5 and row[14] > sure and mirror[shared.argmax(), 14] > sure:
            faces.append((row[:14] + mirror[shared.argmax(), :14]) / 2)
        else:
            vague.append(row[:4])
    return np.array(faces, np.float32).reshape(-1, 14), np.array(vague, np.float32).reshape(-1, 4)


def people(sources, data):
    """Real faces: LFW without the reserved people and without the evaluation fold, in-car frames, small web faces."""
    lfw = data / "face" / "lfw"
    closed = set((lfw / "reserved-people.txt").read_text().split())
    for row in csv.DictReader(open(lfw / "pairs.csv")):
        closed |= {person(row["first"]), person(row["second"])}
    seen = set()
    for path, jpeg in blobs(sources / LFW, True, lambda p: "/lfw/" in p and p.endswith(".jpg")):
        name = path.rsplit("/", 1)[1]
        if person(name) not in closed and name not in seen:
            seen.add(name)
            yield person(name), jpeg
    for file in sorted((lfw / "more").glob("*.jpg")):
        if person(file.name) not in closed and file.name not in seen:
            yield person(file.name), file.read_bytes()
    for row in csv.DictReader(open(data / "face" / "yawn" / "labels.csv")):
        if int(row["person_cluster"]) % 4:
            yield "yawn-" + row["person_cluster"], (data / "face" / "yawn" / row["file"]).read_bytes()
    for file in sorted((data / "face" / "points5" / "web").glob("*.jpg")):
        yield "web-" + file.stem, file.read_bytes()


def shrunk(picture, longest=480):
    scale = longest / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


def details(picture, rng, most=8, side=480):
    """Pieces of a large picture: bark, leaves, stone, cloth and brick as near as only large pictures show them."""
    longest = max(picture.shape[:2])
    for _ in range(min(most, int((longest / side) ** 2) if longest > 1.8 * side else 0)):
        span = int(min(rng.uniform(1, 3) * side, *picture.shape[:2]))
        top, left = (rng.randint(0, d - span) for d in picture.shape[:2])
        yield picture[top : top + span, left : left + span]


def grounds(sources, data):
    """Pictures to paste on and to stay silent about, and pieces of the large ones."""
    rng = random.Random(5)
    for name, picture in pictures(sources, data):
        yield name, picture
        if picture is not None and not name.startswith("clothing"):
            for k, piece in enumerate(details(picture, rng)):
                yield f"{name}#{k}", piece


def pictures(sources, data):
    """Photographs, frames of films, views into panoramas."""
    rng = random.Random(4)
    for clone, folder, most in GROUNDS:
        wanted = re.compile("^" + folder + r".*\.(jpe?g|png)$", re.IGNORECASE)
        found = list(blobs(sources / clone, False, lambda p: wanted.search(p) and not NOT.search(p)))
        for path, raw in rng.sample(found, min(most, len(found))):
            yield clone + "/" + path, cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_COLOR)
    for clip in sorted((data / "video" / "handheld").glob("*.mp4")):
        film, frame = cv2.VideoCapture(str(clip)), 0
        while film.grab():
            if frame % 15 == 0:
                yield f"{clip.stem}/{frame}", film.retrieve()[1]
            frame += 1
    for path, raw in blobs(sources / "drei-assets", False, lambda p: p.endswith(".hdr") and "kiara" not in p and "lebombo" not in p):
        file = Path("/tmp/panorama.hdr")
        file.write_bytes(raw)
        panorama = cv2.imread(str(file), cv2.IMREAD_ANYDEPTH | cv2.IMREAD_COLOR)
        for view in range(16):
            yield f"{path}/{view}", look(panorama, view * np.pi / 8, rng.uniform(-0.5, 0.4), rng.uniform(0.5, 1.1))


def look(panorama, yaw, pitch, tangent, size=448):
    """A perspective view into an equirectangular panorama, tone mapped to display values."""
    x, y = np.meshgrid(np.linspace(-tangent, tangent, size), np.linspace(-tangent, tangent, size))
    y, z = y * np.cos(pitch) - np.sin(pitch), y * np.sin(pitch) + np.cos(pitch)
    longitude, latitude = np.arctan2(x, z) + yaw, np.arctan2(y, np.hypot(x, z))
    height, width = panorama.shape[:2]
    columns = ((longitude / (2 * np.pi)) % 1 * (width - 1)).astype(np.float32)
    rows = ((latitude / np.pi + 0.5) * (height - 1)).astype(np.float32)
    view = cv2.remap(panorama, columns, rows, cv2.INTER_LINEAR)
    view = view * (0.25 / (np.median(view) + 1e-3))
    return (np.clip(view / (1 + view / 4), 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def label_people(teacher, sources, data):
    for who, jpeg in people(sources, data):
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
        faces, vague = both_ways(teacher, picture)
        if len(faces):
            yield Labelled(jpeg, who, faces, vague)


def label_grounds(teacher, sources, data):
    for name, picture in grounds(sources, data):
        if picture is None or min(picture.shape[:2]) < 64:
            continue
        picture = shrunk(picture)
        found = teacher(picture, 0.3)
        # Animals, hands and things: a doubtful face there is exactly what must not be answered; a sure one is a person, so the picture goes.
        things = name.startswith(("Dog", "Sign", "drei", "sample", "wallpapers"))
        sure = found[:, 14] > (0.85 if things else 0.7)
        if things and sure.any():
            continue
        vague = found[:0] if things else found[~sure]
        jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 93])[1].tobytes()
        yield Labelled(jpeg, name, found[sure][:, :14].astype(np.float32), vague[:, :4].astype(np.float32))


FIVE = ((33, 133), (362, 263), (1,), (61,), (291,))  # points of the mesh whose means are the five


def label_heads(teacher, folder, _):
    """Drawn heads, whose points are exact however far they turn. Their boxes are those around the points, changed as the teacher changes them
    on average where it sees the head: a box from the middle of the forehead."""
    done, changes = [], []
    for file in sorted(folder.glob("heads-[0-9]*-mesh.npy")):
        crops = np.load(str(file).replace("-mesh", "-crops"), mmap_mode="r")
        for k, (crop, mesh) in enumerate(zip(crops, np.load(file))):
            picture = np.ascontiguousarray(crop[..., ::-1])
            mesh = mesh[:468, :2] * picture.shape[0] - 0.5
            around = np.concatenate([mesh.min(0), np.ptp(mesh, 0)])
            found = teacher(picture, 0.7) if k % 20 == 0 else []
            for box in found:
                if overlap(around, box[None])[0] > 0.5:
                    changes.append([*((box[:2] - around[:2]) / around[2:]), *(box[2:4] / around[2:])])
            jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 93])[1].tobytes()
            done.append((jpeg, f"{file.stem}/{k}", around, np.array([mesh[list(i)].mean(0) for i in FIVE])))
    change = np.mean(changes, 0)
    print("box of", len(changes), "heads by the teacher, in parts of that around the points:", change.round(3))
    for jpeg, name, around, points in done:
        face = np.concatenate([around[:2] + change[:2] * around[2:], change[2:] * around[2:], points.ravel()])
        yield Labelled(jpeg, name, face[None].astype(np.float32), np.zeros((0, 4), np.float32))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["people", "grounds", "heads"])
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    label = {"people": label_people, "grounds": label_grounds, "heads": label_heads}[options.what]
    done = []
    for item in label(YuNet(options.data.parent / "models" / "public"), options.sources, options.data):
        done.append(tuple(item))
        if len(done) % 500 == 0:
            print(len(done), item.person, flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / f"{options.what}.pkl").write_bytes(pickle.dumps(done))
    print(options.what, len(done), "pictures", sum(len(d[2]) for d in done), "faces", sum(not len(d[2]) for d in done), "without")


if __name__ == "__main__":
    main()
