"""The network: what it adds to the picture that the classical steps of a burst made."""

import torch
from torch import nn
from torch.nn import functional as F

# What brings noise (a standard deviation) and scale to about the size of the rest.
NOISE = 20.0
SCALE = 0.5


class Finisher(nn.Module):
    """
    A picture [n, 3, 2h, 2w] in display values, its noise [n, 1, h, w] and its scale [n, 1, 1, 1] to the finished picture.
    Works on squares of two by two pixels; five 3 x 3 convolutions, which see 10 pixels to each side.
    """

    def __init__(self, channels=32, layers=3):
        super().__init__()
        self.head = nn.Conv2d(12, channels, 3, padding=1)
        self.told = nn.Conv2d(2, channels, 1, bias=False)
        self.body = nn.ModuleList(nn.Conv2d(channels, channels, 3, padding=1) for _ in range(layers))
        self.tail = nn.Conv2d(channels, 12, 3, padding=1)
        nn.init.normal_(self.tail.weight, std=1e-3)
        nn.init.zeros_(self.tail.bias)

    def added(self, picture, noise, scale):
        told = torch.cat([noise * NOISE, (noise * 0 + scale) * SCALE], 1)
        x = F.relu(self.head(F.pixel_unshuffle(picture - 0.5, 2)) + self.told(told))
        for layer in self.body:
            x = F.relu(layer(x))
        return F.pixel_shuffle(self.tail(x), 2)

    def forward(self, picture, noise, scale):
        return picture + self.added(picture, noise, scale)


def parameters(net):
    return sum(p.numel() for p in net.parameters())
