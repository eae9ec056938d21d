"""Writes model.onnx: weights in half precision, arithmetic in single. `../common/publish.py eye-state` adds the card.

    python3 export.py --net WORK/eyes.pt --out WORK/model.onnx
"""

import argparse
import sys
from pathlib import Path

import onnx
import torch

from net import EyeStateNet

sys.path.append(str(Path(__file__).resolve().parent.parent / "common"))
from half import halve_weights  # noqa: E402


class Exported(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, eyes):
        return self.net.see(eyes)


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--net", required=True, type=Path)
    args.add_argument("--out", required=True, type=Path)
    args = args.parse_args()
    net = EyeStateNet()
    net.load_state_dict(torch.load(args.net)["net"])
    torch.onnx.export(Exported(net.eval()).eval(), torch.zeros(2, 1, 48, 48), str(args.out), opset_version=13,
                      input_names=["eyes"], output_names=["open", "confidence"],
                      dynamic_axes={"eyes": {0: "n"}, "open": {0: "n"}, "confidence": {0: "n"}})
    model = onnx.load(str(args.out))
    halve_weights(model.graph)
    model.producer_name, model.producer_version = "fovea training/eye-state", ""
    onnx.checker.check_model(model)
    onnx.save(model, str(args.out))


if __name__ == "__main__":
    main()
