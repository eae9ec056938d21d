"""The network: a depthwise-separable pyramid that answers, for every cell of strides 8, 16 and 32, a score, a box and five points.

Parts: depthwise-separable convolutions (Howard et al., MobileNets, 2017), a top-down pyramid (Lin et al., FPN, 2017), one anchor-free cell
per place (Tian et al., FCOS, 2019; Wu et al., YuNet, 2023).
"""

import torch
import torch.nn.functional as F
from torch import nn

STRIDES = (8, 16, 32)


def conv(inputs, outputs, kernel=3, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class Separable(nn.Sequential):
    """Depthwise 3x3, then pointwise, normalised, ReLU: nothing in between (Chollet, Xception, 2017, finds that better, and it is faster)."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__(
            conv(inputs, inputs, 3, stride, inputs), conv(inputs, outputs, 1), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """x + separable(x), where the shape stays."""

    def __init__(self, channels):
        super().__init__()
        self.body = Separable(channels, channels)

    def forward(self, x):
        return x + self.body(x)


class Head(nn.Module):
    """Score, box and points of one level from shared features."""

    def __init__(self, channels):
        super().__init__()
        self.trunk = Separable(channels, channels)
        self.score = nn.Sequential(Separable(channels, channels), nn.Conv2d(channels, 1, 1))
        self.shape = nn.Sequential(Separable(channels, channels), nn.Conv2d(channels, 14, 1))
        nn.init.constant_(self.score[-1].bias, -4.6)  # a face in a hundred cells, so that training starts calmly
        nn.init.normal_(self.shape[-1].weight, std=0.01)
        nn.init.zeros_(self.shape[-1].bias)
        with torch.no_grad():
            self.shape[-1].bias[2:4] = 1.5  # faces are about five cells wide

    def forward(self, x):
        x = self.trunk(x)
        return torch.cat([self.score(x), self.shape(x)], 1)


class Detector(nn.Module):
    """RGB 0..1, N x 3 x H x W (multiples of 32), to N x 15 x h x w for each stride: score logit, centre, log size, five points, in cells."""

    def __init__(self, widths=(16, 32, 64, 96, 128), pyramid=48):
        super().__init__()
        w2, w4, w8, w16, w32 = widths
        self.stem = nn.Sequential(conv(3, w2, 3, 2), nn.BatchNorm2d(w2), nn.ReLU(inplace=True))
        self.at4 = nn.Sequential(Separable(w2, w4, 2), Separable(w4, w4))
        self.at8 = nn.Sequential(Separable(w4, w8, 2), Residual(w8), Residual(w8))
        self.at16 = nn.Sequential(Separable(w8, w16, 2), Residual(w16), Residual(w16))
        self.at32 = nn.Sequential(Separable(w16, w32, 2), Residual(w32), Residual(w32))
        self.lateral = nn.ModuleList(
            nn.Sequential(conv(w, pyramid, 1), nn.BatchNorm2d(pyramid)) for w in (w8, w16, w32))
        self.smooth = nn.ModuleList(Separable(pyramid, pyramid) for _ in STRIDES)
        self.heads = nn.ModuleList(Head(pyramid) for _ in STRIDES)

    def forward(self, image):
        x = self.at4(self.stem(image * 2 - 1))
        c8 = self.at8(x)
        c16 = self.at16(c8)
        c32 = self.at32(c16)
        p32 = self.smooth[2](F.relu(self.lateral[2](c32)))
        p16 = self.smooth[1](F.relu(self.lateral[1](c16) + up(p32)))
        p8 = self.smooth[0](F.relu(self.lateral[0](c8) + up(p16)))
        return [head(p) for head, p in zip(self.heads, (p8, p16, p32))]


def up(x):
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def decode(maps):
    """Score, box (left, top, width, height) and points in pixels of the input, for all cells in level order: N, N x 4, N x 10 per picture.

    A pixel's centre is its coordinate, so the centre of cell (column, row) lies at (column + 0.5) * stride - 0.5.
    """
    scores, boxes, points = [], [], []
    for stride, m in zip(STRIDES, maps):
        m = m.permute(0, 2, 3, 1)
        ones = torch.ones_like(m[..., :1])
        # Running sums of ones are the cells' coordinates whatever the size of the input: an export without fixed shapes.
        cell = torch.cat([ones.cumsum(2), ones.cumsum(1)], 3) - 0.5
        size = m[..., 3:5].clamp(max=6).exp()
        corner = cell + m[..., 1:3] - size / 2
        scores.append(m[..., :1].sigmoid().flatten(1, 2))
        boxes.append(torch.cat([corner * stride - 0.5, size * stride], 3).flatten(1, 2))
        points.append(((m[..., 5:] + torch.cat([cell] * 5, 3)) * stride - 0.5).flatten(1, 2))
    return torch.cat(scores, 1)[..., 0], torch.cat(boxes, 1), torch.cat(points, 1)


class Deployed(nn.Module):
    """What is exported: one picture in, decoded cells out."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image):
        return tuple(x[0] for x in decode(self.net(image)))


def cost(net, height=240, width=320):
    """Multiply-accumulates of one picture and the number of parameters, batch normalisation folded."""
    macs, hooks = [0], []

    def count(layer, _, out):
        macs[0] += layer.weight.numel() * out.shape[2] * out.shape[3]

    for layer in net.modules():
        if isinstance(layer, nn.Conv2d):
            hooks.append(layer.register_forward_hook(count))
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, 3, -(-height // 32) * 32, width))
    for hook in hooks:
        hook.remove()
    return macs[0], sum(layer.weight.numel() + layer.out_channels for layer in net.modules() if isinstance(layer, nn.Conv2d))
