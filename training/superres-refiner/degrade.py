"""How truth becomes what a camera or a file gives: sampled, noisy, rounded, compressed."""

import io
import math
import random
from functools import lru_cache

import numpy as np
import torch
from PIL import Image


def cubic(x):
    """Keys's cubic with a = -1/2: how the field makes its small pictures."""
    x = np.abs(x)
    return np.where(x < 1, (1.5 * x - 2.5) * x * x + 1, np.where(x < 2, ((-0.5 * x + 2.5) * x - 4) * x + 2, 0))


@lru_cache(maxsize=256)
def bicubic(fine, scale):
    """The matrix that makes lines of so many pixels small, the kernel as wide as the scale asks."""
    coarse = fine // scale
    centre = (np.arange(coarse)[:, None] + 0.5) * scale - 0.5
    w = cubic((np.arange(fine)[None] - centre) / scale)
    return torch.tensor(w / w.sum(1, keepdims=True), dtype=torch.float32)


@lru_cache(maxsize=256)
def sensor(fine, scale, hundredths):
    """Likewise as a camera does: a lens of Gaussian blur (in hundredths of coarse pixels), then pixels that integrate their square."""
    sigma = hundredths / 100 * scale
    coarse = fine // scale
    box = np.kron(np.eye(coarse), np.ones((1, scale)) / scale)
    if sigma == 0:
        return torch.tensor(box, dtype=torch.float32)
    x = np.arange(fine)
    g = np.exp(-((x[None] - x[:, None]) ** 2) / (2 * sigma * sigma))
    return torch.tensor(box @ (g / g.sum(1, keepdims=True)), dtype=torch.float32)


def applied(matrix, planes):
    return matrix @ planes @ matrix.T


def decode(v):
    """The sRGB curve, to light."""
    return torch.where(v <= 0.04045, v / 12.92, ((v.clamp(min=0) + 0.055) / 1.055) ** 2.4)


def encode(x):
    """The sRGB curve, from light."""
    return torch.where(x <= 0.0031308, x * 12.92, 1.055 * x.clamp(min=1e-6) ** (1 / 2.4) - 0.055)


def slope(v):
    """How much the displayed value changes with light, where it is v."""
    return torch.where(v <= 0.04045, torch.full_like(v, 12.92), 1.055 / 2.4 * decode(v).clamp(min=1e-6) ** (1 / 2.4 - 1))


def jpeg(plane, quality):
    file = io.BytesIO()
    Image.fromarray(np.uint8(np.round(plane * 255))).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file), np.float32) / 255


def rounded(planes):
    return (planes.clamp(0, 1) * 255).round() / 255


# The noise that rounding to 8 bits leaves.
ROUNDING = 1 / 255 / math.sqrt(12)


class Degrade:
    """Makes pairs: what a camera or file would give with the noise and blur to tell the network, and the truth of twice the size."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.noise = torch.Generator().manual_seed(seed)

    def pair(self, truth, edge):
        """
        truth: [n, side, side], of which so many coarse pixels at each edge serve the kernels alone.
        Returns [n, 3, h, h] and [n, 1, 2h, 2h]; all of a batch of one kind.
        """
        kind = self.rng.random()
        if kind < 0.55:
            planes, sigma, blur = self.field(truth)
        else:
            planes, sigma, blur = self.camera(truth)
        return self.input(planes[:, edge:-edge, edge:-edge], sigma[:, edge:-edge, edge:-edge], blur), target(truth, edge)

    def twice(self, truth, edge, net):
        """Pairs whose input is the network's own result of half the size: the second step to four times the size."""
        small = rounded(applied(bicubic(truth.shape[-1], 4), truth))
        sigma = self.unsure(torch.full_like(small, ROUNDING))
        with torch.no_grad():
            planes = net(self.input(small, sigma, 0.0))[:, 0].clamp(0, 1)
        sigma = torch.full_like(planes, ROUNDING)
        return self.input(planes[:, edge:-edge, edge:-edge], sigma[:, edge:-edge, edge:-edge], 0.0), target(truth, edge)

    def field(self, truth):
        planes = rounded(applied(bicubic(truth.shape[-1], 2), truth))
        if self.rng.random() < 0.2:
            planes = self.compressed(planes)
        return planes, self.unsure(torch.full_like(planes, ROUNDING)), 0.0

    def camera(self, truth):
        """Light through lens, pixel and electronics; often compressed."""
        blur = self.rng.choice([0.2, 0.3, 0.4, 0.4, 0.5, 0.6])
        light = applied(sensor(truth.shape[-1], 2, round(100 * blur)), decode(truth))
        shot = 10 ** self.rng.uniform(-5.5, -2.2)
        read = shot * 10 ** self.rng.uniform(-3, -1.5)
        # Luma is a mean of three colours with noise of their own: its noise is that much smaller.
        scale = 0.67
        std = (shot * light.clamp(min=0) + read).sqrt() * scale
        noisy = encode(light + std * torch.randn(light.shape, generator=self.noise))
        planes = rounded(noisy)
        # What a program can know: the noise at what it sees, not at the truth.
        seen = decode(planes)
        sigma = (shot * seen + read).sqrt() * scale * slope(planes)
        sigma = (sigma * sigma + ROUNDING * ROUNDING).sqrt().clamp(max=0.2)
        if self.rng.random() < 0.5:
            planes = self.compressed(planes)
            # Compressing flattens the noise where it can be measured.
            sigma = sigma * self.rng.random()
        elif self.rng.random() < 0.25:
            # Small pictures have few flat places to measure noise at.
            sigma = sigma * self.rng.random()
        sigma = sigma.clamp(min=ROUNDING)
        return planes, self.unsure(sigma), blur

    def compressed(self, planes):
        quality = self.rng.randrange(65, 98)
        return torch.tensor(np.stack([jpeg(p, quality) for p in planes.numpy()]))

    def unsure(self, sigma):
        """Estimates of noise are rough, and textures are taken for noise."""
        n = sigma.shape[0]
        rough = torch.exp(0.25 * torch.randn(n, 1, 1, generator=self.noise))
        texture = torch.relu(torch.randn(n, 1, 1, generator=self.noise)) * 0.003
        return sigma * rough + texture

    @staticmethod
    def input(planes, sigma, blur):
        return torch.stack([planes, sigma, torch.full_like(planes, blur)], 1)


def target(truth, edge):
    return truth[:, None, 2 * edge : -2 * edge, 2 * edge : -2 * edge]
