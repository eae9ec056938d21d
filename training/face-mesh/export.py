"""Writes model.onnx: weights in half precision, arithmetic in single. `../common/publish.py face-mesh` adds the card.

    python3 export.py --net WORK/mesh.pt --out WORK/model.onnx
"""

import argparse
import sys
from pathlib import Path

import onnx
import torch

from net import MeshNet

sys.path.append(str(Path(__file__).resolve().parent.parent / "common"))
from half import halve_weights  # noqa: E402


class Exported(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image):
        return self.net.see(image)


def write_network(net, path):
    torch.onnx.export(Exported(net).eval(), torch.zeros(1, 3, 128, 128), str(path), opset_version=13,
                      input_names=["image"], output_names=["points", "presence"])
    model = onnx.load(str(path))
    halve_weights(model.graph)
    model.producer_name, model.producer_version = "fovea training/face-mesh", ""
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--net", required=True, type=Path)
    args.add_argument("--out", required=True, type=Path)
    args = args.parse_args()
    net = MeshNet()
    net.load_state_dict(torch.load(args.net)["net"])
    write_network(net.eval(), args.out)


if __name__ == "__main__":
    main()
