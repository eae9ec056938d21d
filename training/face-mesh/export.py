"""Writes model.onnx: weights in half precision, arithmetic in single. `../common/publish.py face-mesh` adds the card.

    python3 export.py --net WORK/mesh.pt --out WORK/model.onnx
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from net import MeshNet


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
