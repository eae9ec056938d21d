"""Writes model.onnx and its card from weights.pt: python3 export.py --weights weights.pt --out FOLDER.

The network takes any height and width that are multiples of 32. Figures and speed are added to the card by the evidence command.
"""

import argparse
import hashlib
import json
import math
import subprocess
from pathlib import Path

import onnx
import torch
from torch.nn.utils.fusion import fuse_conv_bn_eval

from net import Deployed, Detector


def folded(net):
    """Batch normalisation becomes part of the convolution before it."""
    for module in net.modules():
        if isinstance(module, torch.nn.Sequential):
            for i in range(len(module) - 1):
                if isinstance(module[i], torch.nn.Conv2d) and isinstance(module[i + 1], torch.nn.BatchNorm2d):
                    module[i], module[i + 1] = fuse_conv_bn_eval(module[i], module[i + 1]), torch.nn.Identity()
    return net


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sure", type=float, default=0.5, help="the score from which held-out faces and false answers part: becomes 0.5")
    options = parser.parse_args()
    net = Detector()
    net.load_state_dict(torch.load(options.weights))
    for head in net.heads:
        head.score[-1].bias.data -= math.log(options.sure / (1 - options.sure))
    image = torch.rand(1, 3, 96, 128)
    before = Deployed(net.eval())(image)
    deployed = Deployed(folded(net)).eval()
    for a, b in zip(before, deployed(image)):
        torch.testing.assert_close(a, b, rtol=1e-3, atol=1e-3)
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / "model.onnx"
    torch.onnx.export(
        deployed, image, str(file), opset_version=13, input_names=["image"], output_names=["score", "box", "points"],
        dynamic_axes={"image": {2: "height", 3: "width"}, "score": {0: "cells"}, "box": {0: "cells"}, "points": {0: "cells"}})
    graph = onnx.load(str(file))
    for output, width in zip(graph.graph.output[1:], (4, 10)):
        output.type.tensor_type.shape.dim[1].dim_value = width  # the exporter loses it
    onnx.save(graph, str(file))
    onnx.checker.check_model(graph)
    here = Path(__file__).resolve().parent
    card = json.loads((here / "card.json").read_text())
    head = subprocess.run(["git", "-C", str(here), "log", "-1", "--format=%H", "--", "."], capture_output=True, text=True, check=True)
    card.update(commit=head.stdout.strip(), bytes=file.stat().st_size, sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    (options.out / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    print(file, file.stat().st_size, "bytes", hashlib.sha256(file.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
