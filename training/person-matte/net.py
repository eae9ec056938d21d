"""The network: a U of dense convolutions that answers, for every pixel, how surely it belongs to a person.

Parts: residual blocks (He et al., 2016), large depthwise kernels where a pixel stands for 32 x 32 (Ding et al., RepLKNet, 2022), sums with the
way down instead of concatenations (Chaurasia and Culurciello, LinkNet, 2017), the last doubling by sub-pixels (Shi et al., 2016).
"""

import torch
import torch.nn.functional as F
from torch import nn

STRIDE = 32  # height and width are multiples of it


def conv(inputs, outputs, kernel=3, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = conv(channels, channels)
        self.second = conv(channels, channels)

    def forward(self, x):
        return x + self.second(self.first(x))


class Wide(nn.Module):
    """Depthwise 5 x 5, then pointwise: much to see for few weights."""

    def __init__(self, channels):
        super().__init__()
        self.see = conv(channels, channels, 5, groups=channels)
        self.mix = conv(channels, channels, 1)

    def forward(self, x):
        return x + self.mix(self.see(x))


class Everywhere(nn.Module):
    """Adds to every pixel what the mean of all says."""

    def __init__(self, channels):
        super().__init__()
        self.say = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        return x + self.say(x.mean((2, 3), keepdim=True)).relu()


def doubled(x):
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class Matte(nn.Module):
    def __init__(self, a=16, b=32, c=64, d=96, e=128):
        super().__init__()
        self.stem = conv(3, a, stride=2)
        self.quarter = nn.Sequential(conv(a, b, stride=2), Residual(b))
        self.eighth = nn.Sequential(conv(b, c, stride=2), Residual(c))
        self.sixteenth = nn.Sequential(conv(c, d, stride=2), Residual(d), Residual(d))
        self.whole = nn.Sequential(conv(d, e, stride=2), Wide(e), Wide(e), Wide(e), Everywhere(e), conv(e, d, 1))
        self.up16, self.up8, self.up4, self.up2 = conv(d, c), conv(c, b), conv(b, a), conv(a, a)
        self.rough = nn.Conv2d(b, 1, 1)
        self.fine = nn.Conv2d(a, 4, 3, padding=1)

    def forward(self, image):
        """Logits of full size and, for training, of an eighth."""
        half = self.stem(image * 2 - 1)
        quarter = self.quarter(half)
        eighth = self.eighth(quarter)
        sixteenth = self.sixteenth(eighth)
        x = self.up16(sixteenth + doubled(self.whole(sixteenth)))
        x = rough = self.up8(eighth + doubled(x))
        x = self.up4(quarter + doubled(x))
        x = self.up2(half + doubled(x))
        return F.pixel_shuffle(self.fine(x), 2), self.rough(rough)


class Deployed(nn.Module):
    """As exported: the mask, 0..1."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image):
        return self.net(image)[0].sigmoid()
