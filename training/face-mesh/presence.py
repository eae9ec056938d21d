"""Teaches the presence, and nothing else, on what the detector mistakes for faces: python3 presence.py --net WORK/mesh.pt --doubts doubts.npz --out FILE

The body stays as it is, so the points do, too: presence is one layer on the body's mean, a logistic regression. ../face-detector/doubts.py
writes the crops. One in five is held out to show what was gained.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from net import MeshNet


@torch.no_grad()
def features(net, crops):
    parts = [torch.from_numpy(crops[i : i + 64]).permute(0, 3, 1, 2).float() / 255 for i in range(0, len(crops), 64)]
    return torch.cat([net.body(p * 2 - 1).mean((2, 3)) for p in parts])


def fitted(layer, x, y, stay=1e-4):
    """Newton's way to the best layer near the present one."""
    weight = torch.cat([layer.weight[0], layer.bias]).detach().double()
    start, x = weight.clone(), torch.cat([x, torch.ones(len(x), 1)], 1).double()
    weight.requires_grad_(True)
    optimiser = torch.optim.LBFGS([weight], max_iter=500, line_search_fn="strong_wolfe")

    def loss():
        optimiser.zero_grad()
        value = F.binary_cross_entropy_with_logits(x @ weight, y) + stay * ((weight - start) ** 2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return weight.detach().float()


def report(name, layer, x, y):
    with torch.no_grad():
        p = torch.sigmoid(layer(x)[:, 0])
    low = p[y == 1].quantile(0.01)
    print(f"{name}: faces below 0.5: {100 * (p[y == 1] < 0.5).float().mean():.2f} %; mistakes above 0.5: {100 * (p[y == 0] > 0.5).float().mean():.2f} %,"
          f" above the first percentile of faces ({low:.3f}): {100 * (p[y == 0] > low).float().mean():.2f} %")


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--net", required=True, type=Path)
    args.add_argument("--doubts", required=True, type=Path)
    args.add_argument("--out", required=True, type=Path)
    args = args.parse_args()
    torch.set_num_threads(1)
    saved = torch.load(args.net)
    net = MeshNet()
    net.load_state_dict(saved["net"], strict=False)
    net.eval()
    doubts = np.load(args.doubts)
    x, y = features(net, doubts["crops"]), torch.from_numpy(doubts["faces"]).double()
    held = torch.arange(len(y)) % 5 == 0
    report("before", net.presence, x[held], y[held])
    weight = fitted(net.presence, x[~held], y[~held])
    with torch.no_grad():
        net.presence.weight.copy_(weight[None, :-1])
        net.presence.bias.copy_(weight[-1:])
    report("after", net.presence, x[held], y[held])
    saved["net"].update({k: v for k, v in net.state_dict().items() if k.startswith("presence.")})
    torch.save(saved, args.out)


if __name__ == "__main__":
    main()
