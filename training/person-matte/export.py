"""Writes model.onnx from weights.pt: python3 export.py --weights weights.pt --out model.onnx; training/common/publish.py puts it in its place.

The weights are stored in half precision, which the runtime widens once when it opens them: half the bytes, the same answers to 1/500.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import onnx
import torch
from torch.nn.utils.fusion import fuse_conv_bn_eval

from net import Deployed, Matte

sys.path.append(str(Path(__file__).resolve().parent.parent / "common"))
from half import halve_weights  # noqa: E402


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
    options = parser.parse_args()
    net = Matte()
    net.load_state_dict(torch.load(options.weights))
    image = torch.rand(1, 3, 192, 256)
    before = Deployed(net.eval())(image)
    deployed = Deployed(folded(net)).eval()
    torch.testing.assert_close(before, deployed(image), rtol=1e-3, atol=1e-3)
    torch.onnx.export(
        deployed, image, str(options.out), opset_version=13, input_names=["image"], output_names=["mask"],
        dynamic_axes={"image": {2: "height", 3: "width"}, "mask": {2: "height", 3: "width"}})
    model = onnx.load(str(options.out))
    halve_weights(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(options.out))
    print(options.out, options.out.stat().st_size, "bytes", hashlib.sha256(options.out.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
