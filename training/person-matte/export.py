"""Writes model.onnx from weights.pt: python3 export.py --weights weights.pt --out model.onnx; training/common/publish.py puts it in its place.

The weights are stored in half precision, which the runtime widens once when it opens them: half the bytes, the same answers to 1/500.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn.utils.fusion import fuse_conv_bn_eval

from net import Deployed, Matte


def folded(net):
    """Batch normalisation becomes part of the convolution before it."""
    for module in net.modules():
        if isinstance(module, torch.nn.Sequential):
            for i in range(len(module) - 1):
                if isinstance(module[i], torch.nn.Conv2d) and isinstance(module[i + 1], torch.nn.BatchNorm2d):
                    module[i], module[i + 1] = fuse_conv_bn_eval(module[i], module[i + 1]), torch.nn.Identity()
    return net


def halved(graph):
    """Large weights become half precision and a Cast each."""
    casts = []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < 256:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + "_half"))
        casts.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


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
    halved(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(options.out))
    print(options.out, options.out.stat().st_size, "bytes", hashlib.sha256(options.out.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
