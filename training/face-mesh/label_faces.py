"""Labels real faces with the teachers and packs them: who may be trained on, who is held out, is decided here.

    python3 label_faces.py --data ../../../shared/data --models ../../../shared/models/public --lfw LFW --work WORK

writes WORK/{train,held}-{lfw,web,yawn}-{crops,mesh,info}: crops are 256x256 and show 1.75 times the network's crop,
mesh is 478x3 in units of that wide crop, info one JSON line per face. --only yawn labels one source alone.
"""

import argparse
import csv
import json
import re
import zlib
from pathlib import Path

import numpy as np
import torch

from crop import crop_of, five_points
from teacher import Teacher, read_rgb

WIDE, STORED = 1.75, 256


def person(name):
    return re.sub(r"_\d+\.jpg$", "", Path(name).name)


def held_out(key, percent):
    """The same people in every run and on every machine."""
    return zlib.crc32(key.encode()) % 100 < percent


def forbidden_people(data):
    """Reserved people, the people of the evaluation fold and those of points5/lfw."""
    lfw = data / "face/lfw"
    people = set((lfw / "reserved-people.txt").read_text().split())
    for row in csv.DictReader(open(lfw / "pairs.csv")):
        people |= {person(row["first"]), person(row["second"])}
    return people | {person(p.name) for p in (data / "face/points5/lfw").glob("*.jpg")}


def sources(data, lfw, only):
    """(set, path, who, true five points or box or None) of every face that may be trained on or is held out of LFW."""
    if only in (None, "lfw"):
        forbidden = forbidden_people(data)
        pictures = {p.name: p for p in (data / "face/lfw/more").glob("*.jpg")}
        pictures |= {p.name: p for p in Path(lfw).glob("*/*.jpg")} if lfw else {}
        for name in sorted(pictures):
            if person(name) not in forbidden:
                kind = "held-lfw" if held_out(person(name), 4) else "train-lfw"
                yield kind, pictures[name], person(name), None
    if only in (None, "web"):
        for row in csv.DictReader(open(data / "face/points5/web/labels.csv")):
            five = np.array([float(v) for k, v in row.items() if k != "file"]).reshape(5, 2)
            yield "train-web", data / "face/points5/web" / row["file"], f"web:{row['file']}", five
    if only in (None, "yawn"):
        for row in csv.DictReader(open(data / "face/yawn/labels.csv")):
            cluster = f"yawn:{row['person_cluster']}"
            if not held_out(cluster, 50):
                box = [float(row[k]) for k in "xywh"]
                yield "train-yawn", data / "face/yawn" / row["file"], f"{cluster}:{row['label']}", box


def starting_crop(teacher, picture, truth):
    """YuNet's face nearest to the true one; in the small, tightly cut pictures of points5 the true points if YuNet
    finds none."""
    found = teacher.detect(picture)
    centre = np.array(picture.shape[1::-1]) / 2
    if isinstance(truth, np.ndarray):
        centre = truth.mean(0)
    elif truth:
        centre = np.array([truth[0] + truth[2] / 2, truth[1] + truth[3] / 2])
    if found:
        best = min(found, key=lambda r: np.hypot(*(r[:2] + r[2:4] / 2 - centre)) - 0.3 * r[2])
        return crop_of(best[5:].reshape(5, 2)), True
    return (crop_of(truth), False) if isinstance(truth, np.ndarray) else (None, False)


def label(teacher, path, who, truth):
    picture = read_rgb(path)
    crop, found = starting_crop(teacher, picture, truth)
    if crop is None:
        return None
    mesh, score, spread = teacher.label(picture, crop)
    wide = crop_of(five_points(mesh)).turned(scale=WIDE)
    info = {"file": path.name, "who": who, "score": round(score, 4), "spread": round(spread, 5), "yunet": found,
            "wide": [wide.cx, wide.cy, wide.side, wide.ux, wide.uy],
            "five": truth.tolist() if isinstance(truth, np.ndarray) else None}
    return wide.cut(picture, STORED), wide.from_picture(mesh).astype(np.float32), info


def good(info):
    return info["score"] > 0.9 and info["spread"] < 0.012


def main():
    args = argparse.ArgumentParser()
    for name in ("--data", "--models", "--lfw", "--work"):
        args.add_argument(name, required=name != "--lfw")
    args.add_argument("--only", choices=("lfw", "web", "yawn"))
    args.add_argument("--limit", type=int, default=0, help="at most so many faces of each set")
    args = args.parse_args()
    torch.set_num_threads(1)
    teacher, work = Teacher(args.models), Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    packs = {}
    for n, (kind, path, who, truth) in enumerate(sources(Path(args.data), args.lfw, args.only)):
        pack = packs.setdefault(kind, [])
        if args.limit and len(pack) >= args.limit:
            continue
        got = label(teacher, path, who, truth)
        if got and good(got[2]):
            pack.append(got)
        if n % 500 == 0:
            print(n, {k: len(v) for k, v in packs.items()}, flush=True)
    for kind, pack in packs.items():
        np.save(work / f"{kind}-crops.npy", np.stack([p[0] for p in pack]))
        np.save(work / f"{kind}-mesh.npy", np.stack([p[1] for p in pack]))
        (work / f"{kind}-info.jsonl").write_text("".join(json.dumps(p[2]) + "\n" for p in pack))


if __name__ == "__main__":
    main()
