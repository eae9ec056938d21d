"""Runs an ONNX network in PyTorch: the few operators that the public teachers use, on batches of any size.

Debian has no onnxruntime for Python. `python3 onnx_torch.py MODEL.onnx` prints the outputs for a fixed input, so that
they can be compared with any other runtime.
"""

import sys

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper


class OnnxNet:
    """An ONNX graph as a function: `net(image=array) -> {output name: tensor}`."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.constants = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
        self.inputs = [i.name for i in graph.input if i.name not in self.constants]
        self.outputs = [o.name for o in graph.output]
        self.nodes = [(n.op_type, list(n.input), n.output[0], attributes(n)) for n in graph.node]

    @torch.no_grad()
    def __call__(self, x):
        known = dict(self.constants)
        known[self.inputs[0]] = torch.as_tensor(x)
        for op, names, output, attrs in self.nodes:
            known[output] = OPERATORS[op](attrs, *[known[n] if n else None for n in names])
        return {name: known[name] for name in self.outputs}


def attributes(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def conv(attrs, x, weight, bias=None):
    top, left, bottom, right = attrs.get("pads", [0, 0, 0, 0])
    stride = attrs.get("strides", [1, 1])
    if top != bottom or left != right:
        x, top, left = F.pad(x, (left, right, top, bottom)), 0, 0
    return F.conv2d(x, weight, bias, stride, (top, left), attrs.get("dilations", [1, 1]), attrs.get("group", 1))


def max_pool(attrs, x):
    if any(attrs.get("pads", [0])) or attrs.get("ceil_mode"):
        raise ValueError("MaxPool with padding is not supported")
    return F.max_pool2d(x, attrs["kernel_shape"], attrs["strides"])


def pad(attrs, x, pads=None, value=None):
    pads = attrs["pads"] if pads is None else pads.tolist()
    half = len(pads) // 2
    pairs = [p for d in reversed(range(half)) for p in (pads[d], pads[half + d])]
    return F.pad(x, pairs, value=float(value) if value is not None else 0.0)


def reshape(attrs, x, shape):
    shape = [x.shape[i] if s == 0 else s for i, s in enumerate(shape.tolist())]
    # Graphs exported for one picture say 1 where a batch is meant.
    if shape[0] == 1 and x.shape[0] > 1:
        shape[0] = x.shape[0]
    return x.reshape(shape)


def unsqueeze(attrs, x, axes=None):
    for axis in attrs["axes"] if axes is None else axes.tolist():
        x = x.unsqueeze(axis)
    return x


def resize(attrs, x, roi=None, scales=None, sizes=None):
    how = attrs["mode"], attrs["coordinate_transformation_mode"]
    if how == (b"linear", b"half_pixel"):
        size = sizes[2:].tolist() if sizes is not None else [int(n * float(s)) for n, s in zip(x.shape[2:], scales[2:])]
        return F.interpolate(x, size=size, mode="bilinear", align_corners=False)
    if how != (b"nearest", b"asymmetric"):
        raise ValueError("only Resize by nearest, asymmetric or linear, half_pixel is supported")
    return F.interpolate(x, scale_factor=[float(s) for s in scales[2:]], mode="nearest")


def cut(attrs, x, starts, ends, axes=None, steps=None):
    axes = range(len(starts)) if axes is None else axes.tolist()
    steps = [1] * len(starts) if steps is None else steps.tolist()
    for start, end, axis, step in zip(starts.tolist(), ends.tolist(), axes, steps):
        # PyTorch has no negative steps: the indices are listed.
        where = range(x.shape[axis])[slice(start, None if step < 0 and end < -x.shape[axis] else end, step)]
        x = x.index_select(axis, torch.tensor(list(where)))
    return x


def deconvolution(attrs, x, weight, bias=None):
    if any(attrs.get("pads", [0])) or attrs.get("group", 1) != 1:
        raise ValueError("only a plain ConvTranspose is supported")
    return F.conv_transpose2d(x, weight, bias, attrs["strides"])


def gather(attrs, x, index):
    axis = attrs.get("axis", 0)
    out = x.index_select(axis, index.reshape(-1))
    return out.squeeze(axis) if index.ndim == 0 else out.reshape(x.shape[:axis] + index.shape + x.shape[axis + 1:])


def gemm(attrs, x, weight, bias=None):
    if attrs.get("transA") or attrs.get("alpha", 1.0) != 1 or attrs.get("beta", 1.0) != 1:
        raise ValueError("only a plain Gemm is supported")
    return F.linear(x, weight if attrs.get("transB") else weight.T, bias)


OPERATORS = {
    "Add": lambda a, x, y: x + y,
    "Cast": lambda a, x: x.float() if a["to"] == onnx.TensorProto.FLOAT else x.long(),
    "Clip": lambda a, x, low=None, high=None: x.clamp(a.get("min") if low is None else float(low), a.get("max") if high is None else float(high)),
    "Concat": lambda a, *xs: torch.cat(xs, a["axis"]),
    "Constant": lambda a: torch.from_numpy(numpy_helper.to_array(a["value"]).copy()),
    "Conv": conv,
    "ConvTranspose": deconvolution,
    "Flatten": lambda a, x: x.flatten(a.get("axis", 1)),
    "Gather": gather,
    "Gemm": gemm,
    "GlobalAveragePool": lambda a, x: x.mean((2, 3), keepdim=True),
    "Identity": lambda a, x: x,
    "MaxPool": max_pool,
    "Mul": lambda a, x, y: x * y,
    "PRelu": lambda a, x, slope: torch.where(x >= 0, x, x * slope),
    "Pad": pad,
    "ReduceMean": lambda a, x: x.mean(a["axes"], bool(a.get("keepdims", 1))),
    "ReduceSum": lambda a, x, axes: x.sum(axes.tolist(), bool(a.get("keepdims", 1))),
    "Relu": lambda a, x: x.relu(),
    "Reshape": reshape,
    "Resize": resize,
    "Shape": lambda a, x: torch.tensor(x.shape),
    "Sigmoid": lambda a, x: x.sigmoid(),
    "Slice": cut,
    "Softmax": lambda a, x: x.softmax(a.get("axis", -1)),
    "Sub": lambda a, x, y: x - y,
    "Transpose": lambda a, x: x.permute(a["perm"]),
    "Unsqueeze": unsqueeze,
}


def main(path):
    graph = onnx.load(path).graph
    known = {i.name for i in graph.initializer}
    shape = [[d.dim_value or 64 for d in i.type.tensor_type.shape.dim] for i in graph.input if i.name not in known][0]
    shape[0] = 1
    ramp = (np.arange(np.prod(shape)) % 251 / 251).astype(np.float32).reshape(shape)
    if len(shape) == 4 and shape[1:] == [3, 64, 64]:
        ramp = ramp * 255
    for name, value in OnnxNet(path)(ramp).items():
        print(name, tuple(value.shape), value.flatten()[:6].numpy(), float(value.double().sum()))


if __name__ == "__main__":
    main(sys.argv[1])
