"""Writes model.onnx. `../common/publish.py face-embedding` adds the card.

    python3 export.py --net WORK/embedding.pt --out WORK/model.onnx
"""

import argparse
from pathlib import Path

import onnx
import torch

from net import SIDE, VALUES, EmbeddingNet


def write_network(net, path):
    torch.onnx.export(net.eval(), torch.zeros(1, 3, SIDE, SIDE), str(path), opset_version=13, input_names=["image"],
                      output_names=["embedding", "quality"])
    model = onnx.load(str(path))
    for output, values in zip(model.graph.output, (VALUES, 1)):
        for dimension, size in zip(output.type.tensor_type.shape.dim, (1, values)):
            dimension.dim_value = size
    model.producer_name, model.producer_version = "fovea training/face-embedding", ""
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--net", required=True, type=Path)
    args.add_argument("--out", required=True, type=Path)
    args = args.parse_args()
    torch.set_num_threads(1)
    net = EmbeddingNet()
    net.load_state_dict(torch.load(args.net)["net"])
    write_network(net, args.out)
    print(args.out, args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
