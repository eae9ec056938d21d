"""The eye-state network: plain residual 3x3 convolutions on a small grey square."""

import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a, self.b = nn.Conv2d(c, c, 3, padding=1), nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(c)
        nn.init.zeros_(self.norm.weight)

    def forward(self, x):
        return torch.relu(x + self.norm(self.b(torch.relu(self.a(x)))))


def smaller(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, 2, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU())


class EyeStateNet(nn.Module):
    """n x 1 x 48 x 48 (grey, 0..1) -> n x 2 logits: openness, confidence."""

    def __init__(self, widths=(16, 32, 48), squeezed=16, hidden=48):
        super().__init__()
        a, b, c = widths
        self.body = nn.Sequential(smaller(1, a), Residual(a), smaller(a, b), Residual(b), Residual(b), smaller(b, c),
                                  Residual(c), nn.Conv2d(c, squeezed, 1, bias=False), nn.BatchNorm2d(squeezed), nn.ReLU())
        # Where something is matters as much as that it is there: the last map is read place by place.
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(0.2), nn.Linear(squeezed * 36, hidden), nn.ReLU(),
                                  nn.Linear(hidden, 2))

    def forward(self, grey):
        return self.head(self.body(level(grey)))

    def see(self, grey):
        """open n, confidence n: both 0..1."""
        both = torch.sigmoid(self(grey))
        return both[:, 0], both[:, 1]


def level(grey):
    """Mean 0 and deviation 1, so that exposure and contrast hardly count; what is all but flat stays so."""
    middle = grey - grey.mean((2, 3), keepdim=True)
    return middle / torch.sqrt((middle * middle).mean((2, 3), keepdim=True) + 4e-4)
