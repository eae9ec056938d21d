"""Writes the model's folder: model.onnx (weights in half precision, arithmetic in single), card.json, reference.obj.

    python3 export.py --work WORK --net WORK/mesh.pt --head ../../../shared/data/head \
        --models ../../../shared/models/public --out ../../engine/vision/src/main/resources/models/face-mesh-persona \
        [--figures evaluation.json]
"""

import argparse
import hashlib
import json
import subprocess
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from heads import Head, surface_points
from net import POINTS, MeshNet
from pose import IRIS_DEPTH
from render_heads import load_binding
from teacher import read_obj

NAME = "persona"


class Exported(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image):
        points, presence = self.net(image)
        return points.reshape(1, POINTS, 3), torch.sigmoid(presence)


def write_network(net, path):
    torch.onnx.export(Exported(net).eval(), torch.zeros(1, 3, 128, 128), str(path), opset_version=13,
                      input_names=["image"], output_names=["points", "presence"])
    model = onnx.load(str(path))
    halve_weights(model.graph)
    model.producer_name, model.producer_version = "fovea training/face-mesh", ""
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def halve_weights(graph):
    """Large weights are stored in half precision; a Cast makes them single again, once, when the network is opened."""
    casts = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 256:
            continue
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), tensor.name + ".half"))
        casts.append(helper.make_node("Cast", [tensor.name + ".half"], [tensor.name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def write_reference(head, binding, models, path):
    """The mean head's points in centimetres (x to the picture's right, y up, z out of the face) with the triangles of
    MediaPipe's topology. The irises look straight ahead."""
    points = surface_points(head.neutral, binding)
    ahead = np.array([[0, 0, 1.0], [0, 0, 1.0]])
    points = np.concatenate([points, head.irises(head.neutral, ahead)])
    _, faces = read_obj(Path(models) / "canonical_face_model.obj")
    eyes = [head.eyeball(head.neutral, e)[0] for e in (0, 1)]
    lines = ["# The mean face in centimetres: ICT-FaceKit's neutral head (MIT) at the 478 points of the network.",
             "# Triangles: MediaPipe canonical face mesh (Apache-2.0). The eyeballs' centres lie "
             f"{IRIS_DEPTH} behind the irises' centres:"]
    lines += [f"# eyeball {x:.3f} {y:.3f} {z:.3f}" for x, y, z in eyes]
    lines += [f"v {x:.4f} {y:.4f} {z:.4f}" for x, y, z in points]
    lines += [f"f {a + 1} {b + 1} {c + 1}" for a, b, c in faces]
    path.write_text("\n".join(lines) + "\n")


def card(weights, figures, commit):
    return {
        "task": "face-mesh",
        "name": NAME,
        "summary": "478 points in three dimensions on a face, and whether there is one, from a crop of 128 x 128.",
        "inputs": [{"name": "image", "shape": [1, 3, 128, 128], "range": [0.0, 1.0],
                    "meaning": "RGB planes of the crop that training/face-mesh/README.md defines; black outside the "
                               "picture."}],
        "outputs": [
            {"name": "points", "shape": [1, POINTS, 3], "range": [],
             "meaning": "x right, y down, z away from the camera, in parts of the crop's side; z counts from the mean "
                        "of the first 468. MediaPipe's numbering; 468 to 472 the iris on the picture's left and 473 "
                        "to 477 the other: centre, right, top, left, bottom."},
            {"name": "presence", "shape": [1, 1], "range": [0.0, 1.0],
             "meaning": "Probability that the crop shows a face roughly upright; at least 0.5 means yes."}],
        "trainedOn": [
            {"name": "Labeled Faces in the Wild", "licence": "research",
             "use": "about 3,700 pictures of 2,000 people, marked by the teachers; nobody of the evaluation fold, of "
                    "points5/lfw or of the reserved people"},
            {"name": "points5/web", "licence": "research", "use": "400 faces, marked by the teachers"},
            {"name": "Yawn-Detection", "licence": "research",
             "use": "half of the clusters of people, marked by the teachers"},
            {"name": "ICT-FaceKit", "licence": "MIT", "use": "drawn heads with exact truth"}],
        "teacher": "MediaPipe face mesh and iris (Apache-2.0)",
        "recipe": "training/face-mesh",
        "commit": commit,
        "bytes": len(weights),
        "sha256": hashlib.sha256(weights).hexdigest(),
        "headline": "five-point NME, LFW",
        "figures": figures,
        "speed": [],
        "worksFor": ["One face of at least about 30 pixels between chin and brow, turned by at most 60 degrees.",
                     "Glasses, open mouths, closed eyes, grey and infrared pictures, following a face through a film."],
        "failsFor": ["Profiles beyond 60 degrees: the far side is a guess.",
                     "Masks and hands over more than about a third of the face.",
                     "Who somebody is: the points describe a shape, not a person."],
        "peopleAtRisk": ["LFW shows mostly light-skinned adult men in public roles: women, children, old people and "
                         "dark skin are rarer there. The drawn heads vary skin evenly but are bald and simple.",
                         "The teachers' own bias is learned along with their answers."],
        "licence": "Apache-2.0",
    }


COMMAND = "python3 training/face-mesh/evaluate.py"
FIGURES = (
    ("five-point NME, LFW", "points5/lfw, 1,200 faces of held-out people", ("lfw", "nme"), "%", "lower"),
    ("five-point NME, AFLW", "points5/aflw, 1,400 faces", ("aflw", "nme"), "%", "lower"),
    ("distance to the teacher", "points5/lfw, in parts of the eye distance", ("lfw", "to_teacher_median"), "%",
     "lower"),
    ("distance to the averaged teacher", "held-out LFW people, in parts of the eye distance", ("held", "to_teacher"),
     "%", "lower"),
    ("yaw", "300 drawn heads, mean absolute error", ("rendered", "pose_yaw_pitch_roll", 0), "degrees", "lower"),
    ("pitch", "300 drawn heads, mean absolute error", ("rendered", "pose_yaw_pitch_roll", 1), "degrees", "lower"),
    ("roll", "300 drawn heads, mean absolute error", ("rendered", "pose_yaw_pitch_roll", 2), "degrees", "lower"),
    ("gaze", "drawn heads with open eyes, turned at most 40 degrees", ("rendered", "gaze_open_eyes"), "degrees",
     "lower"),
    ("mouth ratio AUC", "face/yawn, held-out people", ("yawn", "student"), "", "higher"),
    ("empty crops called faces", "places beside held-out faces", ("empty", "called_faces"), "%", "lower"),
)


def figures_of(measured):
    out = []
    for name, data, path, unit, better in FIGURES:
        value = measured
        for key in path:
            value = value[key]
        out.append({"name": name, "data": data, "value": value, "unit": unit, "better": better, "command": COMMAND})
    return out


def main():
    args = argparse.ArgumentParser()
    for name in ("--work", "--net", "--head", "--models", "--out"):
        args.add_argument(name, required=True, type=Path)
    args.add_argument("--figures", type=Path, help="what evaluate.py --json wrote about these very weights")
    args = args.parse_args()
    net = MeshNet()
    net.load_state_dict(torch.load(args.net)["net"])
    args.out.mkdir(parents=True, exist_ok=True)
    write_network(net.eval(), args.out / "model.onnx")
    head = Head(args.head)
    write_reference(head, load_binding(args.work), args.models, args.out / "reference.obj")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    figures = figures_of(json.loads(args.figures.read_text())) if args.figures else []
    text = json.dumps(card((args.out / "model.onnx").read_bytes(), figures, commit), indent=2)
    (args.out / "card.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
