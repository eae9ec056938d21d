"""The network: doubles a picture's luma, as a residual over Catmull-Rom."""

import torch
from torch import nn
from torch.nn import functional as F

# Planes of the input: luma 0..1, standard deviation of its noise, blur of the lens in pixels.
PLANES = 3
# How the planes are brought to about -1..1.
OFFSET = (0.5, 0.0, 0.0)
FACTOR = (2.0, 20.0, 1.0)


def catmull_rom():
    """The four 5x5 kernels that give the four pixels in place of each: cubic, B = 0, C = 1/2 (Keys 1981)."""

    def weight(x):
        x = abs(x)
        if x < 1:
            return (1.5 * x - 2.5) * x * x + 1
        return ((-0.5 * x + 2.5) * x - 4) * x + 2 if x < 2 else 0

    # The fine pixels' centres lie a quarter before and behind a coarse pixel's.
    lines = [[weight(tap - 2 - at) for tap in range(5)] for at in (-0.25, 0.25)]
    return torch.tensor([[[[v * h for h in across] for v in down]] for down in lines for across in lines])


class Block(nn.Module):
    """Two convolutions beside an identity (He 2016, without normalisation as in Lim 2017)."""

    def __init__(self, channels):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.second(F.relu(self.first(x)))


class Refiner(nn.Module):
    """[n, 3, h, w] to the luma of twice the size, [n, 1, 2h, 2w]."""

    def __init__(self, channels=48, blocks=4):
        super().__init__()
        self.head = nn.Conv2d(PLANES, channels, 3, padding=1)
        self.body = nn.Sequential(*(Block(channels) for _ in range(blocks)))
        self.tail = nn.Conv2d(channels, 4, 3, padding=1)
        nn.init.normal_(self.tail.weight, std=1e-3)
        nn.init.zeros_(self.tail.bias)
        for block in self.body:
            block.second.weight.data.mul_(0.3)
        self.register_buffer("base", catmull_rom(), persistent=False)
        self.register_buffer("offset", torch.tensor(OFFSET).view(1, -1, 1, 1), persistent=False)
        self.register_buffer("factor", torch.tensor(FACTOR).view(1, -1, 1, 1), persistent=False)

    def residual(self, x):
        start = F.relu(self.head((x - self.offset) * self.factor))
        return self.tail(start + self.body(start))

    def forward(self, x):
        # Exact even where training is not: else the network learns to make up for the base's rounding.
        with torch.autocast("cpu", enabled=False):
            base = F.conv2d(x[:, :1], self.base, padding=2)
        return F.pixel_shuffle(base + self.residual(x).float(), 2)


def parameters(net):
    return sum(p.numel() for p in net.parameters())
