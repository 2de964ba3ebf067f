"""StyleGAN2's networks and training step in plain PyTorch, as the other side of bench/race.sh --gan stylegan2.

Its operations are those that the published implementations come down to on a processor, where their CUDA extensions are
not used: maps are resampled by inserting zeros, padding, a 4x4 filter of a group a channel and dropping pixels; a styled
convolution scales its input, convolves and scales its output, the scales being the lengths of every image's weights; bias,
leaky rectifier and gain are operations of their own. Float32, so nothing is clamped. Random images, kept in memory as bytes.
"""

import math

import protocol  # before torch, for it says what to do where that is missing
import torch
import torch.nn.functional as F
from torch import nn

RESOLUTION = 64
LATENT = 64
LAYERS = 4
GROUP = 4
R1_EVERY = 16
R1_WEIGHT = 1
MIXING = 0.5
HALF = math.sqrt(0.5)


def fir():
    taps = torch.tensor([1.0, 3.0, 3.0, 1.0])
    return torch.outer(taps, taps) / 64


def resampled(x, filter, up=1, down=1, before=0, after=0, gain=1.0):
    """Zeros between the pixels, zeros around the map, the filter, every down-th pixel. The filter is symmetric."""
    b, c, h, w = x.shape
    if up > 1:
        x = F.pad(x.reshape(b, c, h, 1, w, 1), (0, up - 1, 0, 0, 0, up - 1)).reshape(b, c, h * up, w * up)
    x = F.pad(x, (before, after, before, after))
    x = F.conv2d(x, (filter * gain).repeat(c, 1, 1, 1), groups=c)
    return x[:, :, ::down, ::down]


def doubled(x, filter):
    return resampled(x, filter, up=2, before=2, after=1, gain=4)


def conv(x, weight, filter, resample=None):
    """A convolution, with a doubling or halving beside it."""
    pointwise = weight.shape[-1] == 1
    if resample == "up":
        y = F.conv_transpose2d(x, weight.transpose(0, 1), stride=2)
        return resampled(y, filter, before=1, after=1, gain=4)
    if resample == "down":
        if pointwise:
            return F.conv2d(resampled(x, filter, down=2, before=1, after=1), weight)
        return F.conv2d(resampled(x, filter, before=2, after=2), weight, stride=2)
    return F.conv2d(x, weight, padding=0 if pointwise else 1)


def activated(x, bias, gain=1.0):
    return F.leaky_relu(x + bias.reshape((1, -1) + (1,) * (x.dim() - 2)), 0.2) * (math.sqrt(2) * gain)


class Linear(nn.Module):
    def __init__(self, inputs, outputs, rate=1.0, start=0.0, active=False):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / rate)
        self.bias = nn.Parameter(torch.full((outputs,), start))
        self.scale, self.rate, self.active = rate / math.sqrt(inputs), rate, active

    def forward(self, x):
        weight = self.weight * self.scale
        bias = self.bias if self.rate == 1 else self.bias * self.rate
        return activated(x @ weight.t(), bias) if self.active else F.linear(x, weight, bias)


class Mapping(nn.Module):
    def __init__(self, latent, width, layers):
        super().__init__()
        sizes = [latent] + [width] * layers
        self.layers = nn.Sequential(*(Linear(i, o, rate=0.01, active=True) for i, o in zip(sizes, sizes[1:])))
        self.register_buffer("average", torch.zeros(width))

    def forward(self, z, track):
        w = self.layers(z * (z.square().mean(dim=1, keepdim=True) + 1e-8).rsqrt())
        if track:
            self.average.lerp_(w.detach().mean(dim=0), 0.002)
        return w


class StyledConv(nn.Module):
    def __init__(self, inputs, outputs, latent, side, up):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3))
        self.noise_strength = nn.Parameter(torch.zeros(()))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.styles = Linear(latent, inputs, start=1.0)
        self.side, self.resample = side, "up" if up else None

    def forward(self, x, w, filter):
        b = len(w)
        s = self.styles(w)
        noise = torch.randn(b, 1, self.side, self.side) * self.noise_strength
        weights = self.weight.unsqueeze(0) * s.reshape(b, 1, -1, 1, 1)
        lengths = (weights.square().sum(dim=(2, 3, 4)) + 1e-8).rsqrt()
        y = conv(x * s.reshape(b, -1, 1, 1), self.weight, filter, self.resample)
        return activated(torch.addcmul(noise, y, lengths.reshape(b, -1, 1, 1)), self.bias)


class ToRgb(nn.Module):
    def __init__(self, channels, latent):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(3, channels, 1, 1))
        self.bias = nn.Parameter(torch.zeros(3))
        self.styles = Linear(latent, channels, start=1.0)
        self.scale = 1 / math.sqrt(channels)

    def forward(self, x, w):
        s = self.styles(w) * self.scale
        return F.conv2d(x * s.reshape(len(w), -1, 1, 1), self.weight) + self.bias.reshape(1, -1, 1, 1)


class SynthesisBlock(nn.Module):
    def __init__(self, inputs, outputs, latent, side):
        super().__init__()
        self.const = nn.Parameter(torch.randn(outputs, 4, 4)) if side == 4 else None
        self.conv0 = StyledConv(inputs, outputs, latent, side, up=True) if side > 4 else None
        self.conv1 = StyledConv(outputs, outputs, latent, side, up=False)
        self.to_rgb = ToRgb(outputs, latent)

    def forward(self, x, image, w, filter):
        """w holds those of the convolutions and of the image: [B, 3, latent], at 4x4 [B, 2, latent]."""
        w = list(w.unbind(dim=1))
        x = self.const.unsqueeze(0).repeat(len(w[0]), 1, 1, 1) if x is None else self.conv0(x, w.pop(0), filter)
        x = self.conv1(x, w[0], filter)
        rgb = self.to_rgb(x, w[1])
        return x, rgb if image is None else doubled(image, filter).add_(rgb)


def channels(most, side):
    return max(1, min(16 * most // side, most))


class Generator(nn.Module):
    def __init__(self, most):
        super().__init__()
        self.mapping = Mapping(LATENT, LATENT, LAYERS)
        sides = [4 << i for i in range(int(math.log2(RESOLUTION)) - 1)]
        self.blocks = nn.ModuleList(
            SynthesisBlock(channels(most, side // 2), channels(most, side), LATENT, side) for side in sides
        )
        self.styles = 2 * len(sides)
        self.register_buffer("filter", fir())

    def codes(self, z, mixing, track):
        """w for every layer; with a probability those from a random layer on are another latent's."""
        w = self.mapping(z, track).unsqueeze(1).repeat(1, self.styles, 1)
        other = self.mapping(torch.randn_like(z), track=False)
        if torch.rand(()).item() < mixing:
            w[:, torch.randint(1, self.styles, ()).item() :] = other.unsqueeze(1)
        return w

    def forward(self, z, mixing=0.0, track=False):
        w = self.codes(z, mixing, track)
        x = image = None
        for k, block in enumerate(self.blocks):
            x, image = block(x, image, w[:, max(0, 2 * k - 1) : 2 * k + 2], self.filter)
        return image


class Conv(nn.Module):
    def __init__(self, inputs, outputs, kernel, resample=None, active=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(outputs)) if active else None
        self.scale, self.resample = 1 / math.sqrt(inputs * kernel**2), resample

    def forward(self, x, filter, gain=1.0):
        y = conv(x, self.weight * self.scale, filter, self.resample)
        return y * gain if self.bias is None else activated(y, self.bias, gain)


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv0 = Conv(inputs, inputs, 3)
        self.conv1 = Conv(inputs, outputs, 3, "down")
        self.skip = Conv(inputs, outputs, 1, "down", active=False)

    def forward(self, x, filter):
        y = self.skip(x, filter, HALF)
        return y.add_(self.conv1(self.conv0(x, filter), filter, HALF))


def with_deviation(x):
    """One more channel: how much the images of a group differ."""
    b, c, h, w = x.shape
    size = next(n for n in range(min(GROUP, b), 0, -1) if b % n == 0)
    y = x.reshape(size, -1, c, h, w)
    y = ((y - y.mean(dim=0)).square().mean(dim=0) + 1e-8).sqrt().mean(dim=(1, 2, 3))
    return torch.cat([x, y.reshape(-1, 1, 1, 1).repeat(size, 1, h, w)], dim=1)


class Discriminator(nn.Module):
    def __init__(self, most):
        super().__init__()
        sides = [RESOLUTION >> i for i in range(int(math.log2(RESOLUTION)) - 2)]
        last = channels(most, 4)
        self.from_rgb = Conv(3, channels(most, RESOLUTION), 1)
        self.blocks = nn.ModuleList(Block(channels(most, side), channels(most, side // 2)) for side in sides)
        self.conv = Conv(last + 1, last, 3)
        self.linear = Linear(16 * last, last, active=True)
        self.logit = Linear(last, 1)
        self.register_buffer("filter", fir())

    def forward(self, images):
        x = self.from_rgb(images, self.filter)
        for block in self.blocks:
            x = block(x, self.filter)
        x = self.conv(with_deviation(x), self.filter)
        return self.logit(self.linear(x.flatten(1))).squeeze(1)


class Training:
    def __init__(self, most, batch):
        self.batch, self.iteration = batch, 0
        self.generator, self.discriminator = Generator(most), Discriminator(most)
        share = R1_EVERY / (R1_EVERY + 1)
        self.g_optimizer = torch.optim.Adam(self.generator.parameters(), lr=2.5e-3, betas=(0.0, 0.99), eps=1e-8)
        self.d_optimizer = torch.optim.Adam(
            self.discriminator.parameters(), lr=2.5e-3 * share, betas=(0.0, 0.99**share), eps=1e-8
        )
        self.images = torch.randint(0, 256, (max(2048, batch), 3, RESOLUTION, RESOLUTION), dtype=torch.uint8)

    def real(self):
        rows = torch.randint(0, len(self.images), (self.batch,))
        images = self.images[rows].float() / 127.5 - 1
        flipped = torch.rand(self.batch, 1, 1, 1) < 0.5
        return torch.where(flipped, images.flip(3), images)

    def fake(self, track):
        return self.generator(torch.randn(self.batch, LATENT), MIXING, track)

    def turn(self, generator_learns):
        self.generator.requires_grad_(generator_learns)
        self.discriminator.requires_grad_(not generator_learns)

    def generator_update(self):
        self.turn(generator_learns=True)
        self.g_optimizer.zero_grad()
        F.softplus(-self.discriminator(self.fake(track=False))).mean().backward()
        self.g_optimizer.step()

    def discriminator_update(self):
        self.turn(generator_learns=False)
        images = self.real()
        self.d_optimizer.zero_grad()
        real, fake = self.discriminator(images), self.discriminator(self.fake(track=True))
        (F.softplus(-real).mean() + F.softplus(fake).mean()).backward()
        self.d_optimizer.step()
        if self.iteration % R1_EVERY == 0:
            self.penalty_update(images)

    def penalty_update(self, images):
        """R1, as many times as strong as it is rarer."""
        self.d_optimizer.zero_grad()
        images = images.requires_grad_(True)
        (gradient,) = torch.autograd.grad(self.discriminator(images).sum(), images, create_graph=True)
        (gradient.square().sum(dim=(1, 2, 3)).mean() * (R1_WEIGHT / 2 * R1_EVERY)).backward()
        self.d_optimizer.step()

    def iterate(self):
        self.generator_update()
        self.discriminator_update()
        self.iteration += 1


if __name__ == "__main__":
    protocol.serve(lambda o: Training(o.channels, o.batch), channels=64, batch=16)
