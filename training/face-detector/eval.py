"""Measures the detector beside its teacher on people from whom it did not learn.

python3 eval.py --weights weights.pt --data ../shared/data --crops face-free.txt prints one line per figure;
--draw DIR also writes pictures of what was answered.
"""

import argparse
import csv
from pathlib import Path

import cv2
import numpy as np
import torch

import compose
from gather import Labelled, both_ways
from net import Detector, decode
from teacher import YuNet, overlap, padded, suppress
from train import tensor


class Ours:
    def __init__(self, weights):
        self.net = Detector()
        self.net.load_state_dict(torch.load(weights))
        self.net.eval()

    @torch.no_grad()
    def __call__(self, picture, threshold=0.5):
        score, box, points = decode(self.net(tensor([padded(picture)])))
        rows = torch.cat([box[0], points[0], score[0][:, None]], 1)
        return suppress(rows[rows[:, 14] > threshold].numpy())


def conditions(rng):
    """What is done to a picture, and the angle by which its faces turn."""
    def noisy(p):
        return np.clip(p + rng.normal(0, 25, p.shape), 0, 255).astype(np.uint8)

    def grey(p):
        return cv2.cvtColor(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)

    def gamma(p):
        return cv2.LUT(p, (np.linspace(0, 1, 256) ** 2.5 * 255).round().astype(np.uint8))

    def plain(p):
        return p

    return {
        "plain": (plain, 0), "grey": (grey, 0), "gamma 2.5": (gamma, 0), "noise 25": (noisy, 0),
        "+45 degrees": (plain, 45), "-45 degrees": (plain, -45)}


def turned(picture, degrees):
    height, width = picture.shape[:2]
    middle = ((width - 1) / 2, (height - 1) / 2)
    matrix = compose.similarity(1.0, np.radians(degrees), middle, middle)
    return cv2.warpAffine(picture, matrix, (width, height)), matrix


def main_face(picture, teacher):
    """The teacher's face nearest the middle (LFW centres the face it names), or LFW's own square where the teacher sees none."""
    faces, _ = both_ways(teacher, picture)
    middle = (np.array(picture.shape[1::-1]) - 1) / 2
    if len(faces):
        return min(faces, key=lambda f: np.abs(f[:2] + f[2:4] / 2 - middle).sum())
    return np.array([69, 69, 112, 112, *([125] * 10)], np.float32)


def fold(data):
    names = sorted({row[k] for row in csv.DictReader(open(data / "face/lfw/pairs.csv")) for k in ("first", "second")})
    return [(name, (data / "face/lfw/images" / name).read_bytes()) for name in names]


def measure_fold(detectors, pictures, truths, report):
    for condition, (change, degrees) in conditions(np.random.default_rng(1)).items():
        hits, errors = {n: 0 for n in detectors}, {n: [] for n in detectors}
        for (_, jpeg), truth in zip(pictures, truths):
            picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
            if degrees:
                picture, matrix = turned(picture, degrees)
                truth = compose.moved(truth[None], matrix)[0]
            picture = change(picture)
            for name, (detector, threshold) in detectors.items():
                found = detector(picture, threshold)
                shared = overlap(truth, found) if len(found) else np.zeros(1)
                if shared.max() >= 0.5:
                    hits[name] += 1
                    eyes = np.hypot(*(truth[4:6] - truth[6:8]))
                    apart = (found[shared.argmax(), 4:14] - truth[4:14]).reshape(5, 2)
                    errors[name].append(np.hypot(*apart.T).mean() / max(eyes, 1))
        for name in detectors:
            report(f"fold, {condition}: main faces found", name, 100 * hits[name] / len(pictures), "%")
            report(f"fold, {condition}: points apart from the teacher's, of the eye distance", name, 100 * float(np.median(errors[name])), "%")


def crops(data, file):
    for line in Path(file).read_text().splitlines():
        if line and not line.startswith("#"):
            name, *rectangle = line.rsplit(" ", 4)
            x, y, w, h = (int(v) for v in rectangle)
            yield name, np.ascontiguousarray(cv2.imread(str(data / name))[y : y + h, x : x + w])


def measure_crops(detectors, data, file, report, draw):
    for name, (detector, threshold) in detectors.items():
        wrong = 0
        for crop, picture in crops(data, file):
            found = detector(picture, threshold)
            wrong += len(found)
            if draw and len(found):
                cv2.imwrite(str(draw / f"false-{name}-{crop.replace('/', '_')}.png"), drawn(picture, found))
        report("face-free crops: false faces in 50", name, wrong, "")


def measure_scenes(detectors, data, file, pictures, teacher, report, draw, count=100):
    """Pasted scenes of 640 x 480: recall where both are as precise as the teacher is at its threshold."""
    people, grounds = [], []
    for name, jpeg in pictures:
        faces, vague = both_ways(teacher, cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR))
        if len(faces):
            people.append(Labelled(jpeg, name, faces, vague))
    for name, picture in crops(data, file):
        grounds.append(Labelled(cv2.imencode(".png", picture)[1].tobytes(), name, np.zeros((0, 14), np.float32), np.zeros((0, 4), np.float32)))
    composer = compose.Composer(people, [], grounds, 99, 640)
    compose.angle = lambda rng: float(rng.uniform(-0.35, 0.35))
    composer.covered = lambda canvas, faces, vague: (canvas, faces, vague)
    rows, total = {name: [] for name in detectors}, 0
    for scene in range(count):
        canvas, faces, vague = composer.crowd(14, 20, 200)
        canvas = canvas[:480]
        inside = faces[:, 1] + faces[:, 3] < 480 if len(faces) else np.zeros(0, bool)
        vague = np.concatenate([vague, faces[~inside, :4]])
        faces = faces[inside]
        total += len(faces)
        for name, (detector, threshold) in detectors.items():
            found = detector(canvas, 0.05)
            open_faces = list(range(len(faces)))
            for row in found:
                shared = overlap(row, faces[open_faces]) if open_faces else np.zeros(0)
                if len(shared) and shared.max() >= 0.5:
                    open_faces.pop(int(shared.argmax()))
                    rows[name].append((row[14], 1))
                elif not (len(vague) and overlap(row, vague).max() > 0.2) and not (len(faces) and overlap(row, faces).max() >= 0.3):
                    rows[name].append((row[14], 0))
            if draw and scene < 12:
                cv2.imwrite(str(draw / f"scene-{scene}-{name}.png"), drawn(canvas, found[found[:, 14] > threshold]))
    curves = {}
    for name, (_, threshold) in detectors.items():
        table = np.array(sorted(rows[name], reverse=True))
        right = table[:, 1].cumsum()
        curves[name] = (table[:, 0], right / np.arange(1, len(table) + 1), right / total)
        at = (table[:, 0] > threshold).sum() - 1
        report(f"scenes: precision at {threshold}", name, 100 * curves[name][1][at], "%")
        report(f"scenes: recall at {threshold}", name, 100 * curves[name][2][at], "%")
    at = (curves["yunet"][0] > detectors["yunet"][1]).sum() - 1
    precision = curves["yunet"][1][at]
    for name, (_, exact, recall) in curves.items():
        report("scenes: recall at the teacher's precision", name, 100 * recall[exact >= precision].max(), "%")


def drawn(picture, faces):
    picture = picture.copy()
    colours = [(0, 0, 255), (0, 255, 255), (255, 0, 0), (255, 0, 255), (255, 255, 0)]
    for face in faces:
        left, top, width, height = (int(round(float(v))) for v in face[:4])
        cv2.rectangle(picture, (left, top), (left + width, top + height), (0, 255, 0), 1)
        cv2.putText(picture, "%.2f" % face[14], (left, top - 2), cv2.FONT_HERSHEY_SIMPLEX, 0.35, (0, 255, 0), 1)
        for point, colour in zip(face[4:14].reshape(5, 2), colours):
            cv2.circle(picture, tuple(int(round(float(v))) for v in point), 1, colour, -1)
    return picture


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--crops", type=Path, required=True)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--every", type=int, default=1, help="only every so manieth picture of the fold")
    parser.add_argument("--draw", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    if options.draw:
        options.draw.mkdir(parents=True, exist_ok=True)
    teacher = YuNet(options.data.parent / "models" / "public")
    detectors = {"ours": (Ours(options.weights), options.threshold), "yunet": (teacher, 0.6)}

    def report(what, who, value, unit):
        print(f"{who:6} {what}: {value:.2f} {unit}", flush=True)

    pictures = fold(options.data)[:: options.every]
    truths = [main_face(cv2.imdecode(np.frombuffer(j, np.uint8), cv2.IMREAD_COLOR), teacher) for _, j in pictures]
    measure_crops(detectors, options.data, options.crops, report, options.draw)
    measure_scenes(detectors, options.data, options.crops, pictures, teacher, report, options.draw)
    measure_fold(detectors, pictures, truths, report)


if __name__ == "__main__":
    main()
