"""Measures a network on people it never saw, beside its teacher, and draws what it sees.

    python3 evaluate.py --data ../../../shared/data --models ../../../shared/models/public --work WORK --net mesh.onnx \
        --head ../../../shared/data/head [--draw FOLDER] [--json FILE]
"""

import argparse
import csv
import json
from pathlib import Path

import cv2
import numpy as np
import torch

import pose as poses
from crop import crop_of, five_points
from heads import Head, surface_points
from label_faces import starting_crop
from render_heads import load_binding
from teacher import Teacher, read_rgb


class Student:
    """The exported network, or a checkpoint while it trains."""

    def __init__(self, path):
        if str(path).endswith(".onnx"):
            from onnx_torch import OnnxNet

            net = OnnxNet(path)
            self.run = lambda x: [net(x)[k] for k in ("points", "presence")]
        else:
            from net import MeshNet

            net = MeshNet()
            net.load_state_dict(torch.load(path)["net"])
            net.eval()
            self.run = lambda x: net.see(torch.as_tensor(x))

    @torch.no_grad()
    def look(self, picture, crop, steps=2):
        """Mesh in pixels and presence; a second step cuts again around the first mesh."""
        for _ in range(steps):
            x = crop.cut(picture).astype(np.float32).transpose(2, 0, 1)[None] / 255
            points, presence = self.run(x)
            mesh = crop.to_picture(points.numpy().reshape(478, 3))
            crop = crop_of(five_points(mesh))
        return mesh, float(presence.item())


def nme(mesh, truth):
    return float(np.linalg.norm(five_points(mesh) - truth, axis=1).mean() / np.linalg.norm(truth[1] - truth[0]))


def points5(student, teacher, data, kind, limit, cache):
    rows = list(csv.DictReader(open(data / f"face/points5/{kind}/labels.csv")))
    rows = rows[:: max(1, len(rows) // limit)] if limit else rows
    out = {"one": [], "two": [], "teacher": [], "apart": [], "presence": []}
    for row in rows:
        key = f"{kind}/{row['file']}"
        truth = np.array([float(v) for k, v in row.items() if k != "file"]).reshape(5, 2)
        picture = read_rgb(data / "face/points5" / key)
        if key not in cache:
            crop, _ = starting_crop(teacher, picture, truth)
            mesh, _ = teacher.look(picture, crop)
            cache[key] = ([crop.cx, crop.cy, crop.side, crop.ux, crop.uy], np.round(mesh, 3).tolist())
        from crop import Crop

        crop, taught = Crop(*cache[key][0]), np.array(cache[key][1])
        out["one"].append(nme(student.look(picture, crop, 1)[0], truth))
        mesh, presence = student.look(picture, crop, 2)
        out["two"].append(nme(mesh, truth))
        out["teacher"].append(nme(taught, truth))
        eyes = np.linalg.norm(np.diff(five_points(taught)[:2], axis=0))
        out["apart"].append(float(np.linalg.norm(mesh[:468, :2] - taught[:, :2], axis=1).mean() / eyes))
        out["presence"].append(presence)
    return {"faces": len(rows), "nme_one_look": mean(out["one"]), "nme": mean(out["two"]),
            "nme_teacher": mean(out["teacher"]), "to_teacher_median": float(np.median(out["apart"]) * 100),
            "to_teacher": mean(out["apart"]), "presence_over_half": mean([p > 0.5 for p in out["presence"]])}


def mean(values):
    return round(float(np.mean(values)) * 100, 3)


def held_people(student, work):
    """Distance to the (averaged) teacher on held-out LFW people, wide crops."""
    crops, meshes = np.load(work / "real/held-lfw-crops.npy"), np.load(work / "real/held-lfw-mesh.npy")
    apart, irises = [], []
    for picture, mesh in zip(crops, meshes):
        truth = mesh * 256 - np.array([0.5, 0.5, 0])
        seen, _ = student.look(picture, crop_of(five_points(truth)), 1)
        eyes = np.linalg.norm(np.diff(five_points(truth)[:2], axis=0))
        d = np.linalg.norm(seen[:, :2] - truth[:, :2], axis=1) / eyes
        apart.append(d[:468].mean())
        irises.append(d[[468, 473]].mean())
    return {"faces": len(crops), "to_teacher": mean(apart), "irises_to_teacher": mean(irises)}


def rendered(student, head, binding, work):
    crops, meshes = np.load(work / "heads-held-crops.npy"), np.load(work / "heads-held-mesh.npy")
    truths = np.load(work / "heads-held-truth.npy")
    reference = np.concatenate([surface_points(head.neutral, binding), np.zeros((10, 3))])
    eyeballs = [head.eyeball(head.neutral, e)[0] for e in (0, 1)]
    pose_errors, gaze_errors, open_gaze, points, best_pose, best_gaze = [], [], [], [], [], []
    for picture, mesh, truth in zip(crops, meshes, truths):
        true = mesh * 256 - np.array([0.5, 0.5, 0])
        seen, _ = student.look(picture, crop_of(five_points(true)), 2)
        eyes = np.linalg.norm(true[133, :3] - true[362, :3]) * 1.75
        points.append(np.linalg.norm((seen - true)[:, :2], axis=1).mean() / eyes)
        pose_errors.append(np.abs(poses.pose(seen, reference) - truth[:3]))
        best_pose.append(np.abs(poses.pose(true, reference) - truth[:3]))
        g = truth[3:6] + truth[6:9]
        error = poses.degrees_between(poses.gaze(seen, reference, eyeballs), g)
        gaze_errors.append(error)
        if truth[9:].max() < 0.5 and abs(truth[0]) < 40:
            open_gaze.append(error)
            best_gaze.append(poses.degrees_between(poses.gaze(true, reference, eyeballs), g))
    side = np.abs(truths[:, 0]) > 35
    return {"heads": len(crops), "points": mean(points), "pose_yaw_pitch_roll": np.mean(pose_errors, 0).round(2).tolist(),
            "pose_beyond_35": np.mean(np.array(pose_errors)[side], 0).round(2).tolist(),
            "pose_of_true_points": np.mean(best_pose, 0).round(2).tolist(), "gaze_all": round(np.mean(gaze_errors), 2),
            "gaze_open_eyes": round(np.mean(open_gaze), 2), "gaze_of_true_points": round(np.mean(best_gaze), 2)}


def yawns(student, teacher, data, work):
    from label_faces import held_out

    ratios = {"student": [], "teacher": []}
    labels, presence = [], []
    for row in csv.DictReader(open(data / "face/yawn/labels.csv")):
        if not held_out(f"yawn:{row['person_cluster']}", 50):
            continue
        picture = read_rgb(data / "face/yawn" / row["file"])
        crop, _ = starting_crop(teacher, picture, [float(row[k]) for k in "xywh"])
        if crop is None:
            continue
        mesh, there = student.look(picture, crop, 2)
        labels.append(row["label"] == "yawn")
        presence.append(there)
        ratios["student"].append(poses.mouth_ratio(mesh))
        ratios["teacher"].append(poses.mouth_ratio(teacher.look(picture, crop)[0]))
    return {"frames": len(labels), **{k: round(auc(v, labels), 4) for k, v in ratios.items()},
            "presence_over_half": mean([p > 0.5 for p in presence])}


def auc(scores, labels):
    scores, labels = np.array(scores), np.array(labels)
    a, b = scores[labels], scores[~labels]
    return float((a[:, None] > b[None]).mean() + 0.5 * (a[:, None] == b[None]).mean())


def absent(student, work):
    """Part of crops without a face that are called one: places beside held-out faces."""
    rng = np.random.default_rng(5)
    from augment import empty_sample

    crops = np.load(work / "real/held-lfw-crops.npy")
    from crop import Crop

    whole = Crop(63.5, 63.5, 128, 1.0, 0.0)
    return {"empty": len(crops), "called_faces": mean(
        [student.look(empty_sample(rng, c), whole, 1)[1] > 0.5 for c in crops])}


def draw(student, teacher, data, work, folder):
    folder.mkdir(parents=True, exist_ok=True)
    tiles = {"held": [], "heads": [], "yawn": [], "aflw": []}
    for kind, name in (("held", "real/held-lfw"), ("heads", "heads-held")):
        crops, meshes = np.load(work / f"{name}-crops.npy"), np.load(work / f"{name}-mesh.npy")
        for picture, mesh in list(zip(crops, meshes))[:24]:
            tiles[kind].append(tile(student, picture, crop_of(five_points(mesh * 256 - 0.5))))
    for kind, pattern in (("yawn", "yawn/*.jpg"), ("aflw", "points5/aflw/*.jpg")):
        for path in sorted((data / "face").glob(pattern))[::8 if kind == "yawn" else 58][:24]:
            picture = read_rgb(path)
            crop, _ = starting_crop(teacher, picture, None)
            if crop:
                tiles[kind].append(tile(student, picture, crop))
    for kind, row in tiles.items():
        row = row[: len(row) // 6 * 6]
        sheet = np.vstack([np.hstack(row[i: i + 6]) for i in range(0, len(row), 6)])
        cv2.imwrite(str(folder / f"{kind}.png"), sheet[..., ::-1])


def tile(student, picture, crop, size=256):
    mesh, presence = student.look(picture, crop, 2)
    view = crop_of(five_points(mesh))
    out = cv2.resize(view.cut(picture, 128), (size, size), interpolation=cv2.INTER_CUBIC)
    for i, (x, y) in enumerate(view.from_picture(mesh[:, :2]) * size):
        colour = (255, 60, 60) if i >= 468 else (60, 255, 60)
        cv2.circle(out, (int(round(x * 8)), int(round(y * 8))), 6, colour, -1, cv2.LINE_AA, 3)
    cv2.putText(out, f"{presence:.2f}", (4, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (255, 255, 0))
    return out


def main():
    args = argparse.ArgumentParser()
    for name in ("--data", "--models", "--work", "--net", "--head"):
        args.add_argument(name, required=True, type=Path)
    args.add_argument("--limit", type=int, default=0, help="at most about so many pictures of points5")
    args.add_argument("--draw", type=Path)
    args.add_argument("--json", type=Path)
    args = args.parse_args()
    torch.set_num_threads(1)
    student, teacher = Student(args.net), Teacher(args.models)
    stored = args.work / "points5-teacher.json"
    cache = json.loads(stored.read_text()) if stored.exists() else {}
    head = Head(args.head)
    out = {}
    for name, measure in (
        ("held", lambda: held_people(student, args.work)),
        ("rendered", lambda: rendered(student, head, load_binding(args.work), args.work)),
        ("yawn", lambda: yawns(student, teacher, args.data, args.work)),
        ("empty", lambda: absent(student, args.work)),
        ("lfw", lambda: points5(student, teacher, args.data, "lfw", args.limit, cache)),
        ("aflw", lambda: points5(student, teacher, args.data, "aflw", args.limit, cache)),
    ):
        out[name] = measure()
        print(name, json.dumps(out[name]), flush=True)
        stored.write_text(json.dumps(cache))
    if args.json:
        args.json.write_text(json.dumps(out, indent=1))
    if args.draw:
        draw(student, teacher, args.data, args.work, args.draw)


if __name__ == "__main__":
    main()
