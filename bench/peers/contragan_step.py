"""ContraGAN's CIFAR-10 networks and training step in plain PyTorch, as the other side of bench/race.sh.

Written the way the architecture is published: nearest upsampling, then a convolution; a convolution, then average
pooling; torch.nn.utils.spectral_norm; one backward pass a player. Random images, kept in memory as bytes.
"""

import protocol  # before torch, for it says what to do where that is missing
import torch
import torch.nn.functional as F
from torch import nn

CLASSES = 10
CHUNK = 20


def sn(layer):
    nn.init.orthogonal_(layer.weight)
    if getattr(layer, "bias", None) is not None:
        nn.init.zeros_(layer.bias)
    return nn.utils.spectral_norm(layer, eps=1e-6)


def conv(inputs, outputs, kernel, bias=True):
    return sn(nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=bias))


def activate(x):
    return F.relu(x, inplace=True)


class ConditionalBatchNorm(nn.Module):
    def __init__(self, channels, condition):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels, eps=1e-4, affine=False)
        self.gain = sn(nn.Linear(condition, channels, bias=False))
        self.bias = sn(nn.Linear(condition, channels, bias=False))

    def forward(self, x, y):
        gain = (1 + self.gain(y)).unsqueeze(-1).unsqueeze(-1)
        bias = self.bias(y).unsqueeze(-1).unsqueeze(-1)
        return self.bn(x) * gain + bias


class SelfAttention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.theta = conv(channels, channels // 8, 1, bias=False)
        self.phi = conv(channels, channels // 8, 1, bias=False)
        self.g = conv(channels, channels // 2, 1, bias=False)
        self.out = conv(channels // 2, channels, 1, bias=False)
        self.sigma = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        b, c, h, w = x.shape
        queries = self.theta(x).view(b, c // 8, h * w)
        keys = F.max_pool2d(self.phi(x), 2).view(b, c // 8, h * w // 4)
        values = F.max_pool2d(self.g(x), 2).view(b, c // 2, h * w // 4)
        attention = torch.softmax(torch.bmm(queries.transpose(1, 2), keys), dim=-1)
        read = torch.bmm(values, attention.transpose(1, 2)).view(b, c // 2, h, w)
        return x + self.sigma * self.out(read)


class UpBlock(nn.Module):
    def __init__(self, inputs, outputs, condition):
        super().__init__()
        self.norm1 = ConditionalBatchNorm(inputs, condition)
        self.norm2 = ConditionalBatchNorm(outputs, condition)
        self.shortcut = conv(inputs, outputs, 1)
        self.conv1 = conv(inputs, outputs, 3)
        self.conv2 = conv(outputs, outputs, 3)

    def forward(self, x, y):
        h = F.interpolate(activate(self.norm1(x, y)), scale_factor=2, mode="nearest")
        h = self.conv2(activate(self.norm2(self.conv1(h), y)))
        return h + self.shortcut(F.interpolate(x, scale_factor=2, mode="nearest"))


class Generator(nn.Module):
    def __init__(self, width, latent=80, shared=128):
        super().__init__()
        self.channels = 4 * width
        self.latent = latent
        self.linear = sn(nn.Linear(CHUNK, self.channels * 16))
        self.shared = nn.Embedding(CLASSES, shared)
        nn.init.orthogonal_(self.shared.weight)
        self.blocks = nn.ModuleList(UpBlock(self.channels, self.channels, CHUNK + shared) for _ in range(3))
        self.attention = SelfAttention(self.channels)
        self.norm = nn.BatchNorm2d(self.channels, eps=1e-4)
        self.to_rgb = conv(self.channels, 3, 3)

    def forward(self, z, labels):
        chunks = z.split(CHUNK, dim=1)
        label = self.shared(labels)
        x = self.linear(chunks[0]).view(-1, self.channels, 4, 4)
        for stage, block in enumerate(self.blocks):
            x = block(x, torch.cat([label, chunks[stage + 1]], dim=1))
            if stage == 1:
                x = self.attention(x)
        return torch.tanh(self.to_rgb(activate(self.norm(x))))


class FirstBlock(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.shortcut = conv(3, outputs, 1)
        self.conv1 = conv(3, outputs, 3)
        self.conv2 = conv(outputs, outputs, 3)

    def forward(self, x):
        h = F.avg_pool2d(self.conv2(activate(self.conv1(x))), 2)
        return h + self.shortcut(F.avg_pool2d(x, 2))


class Block(nn.Module):
    def __init__(self, channels, down):
        super().__init__()
        self.down = down
        self.shortcut = conv(channels, channels, 1) if down else None
        self.conv1 = conv(channels, channels, 3)
        self.conv2 = conv(channels, channels, 3)

    def forward(self, x):
        x = activate(x)  # in place: the shortcut reads the activated map, as in the published networks
        h = self.conv2(activate(self.conv1(x)))
        if not self.down:
            return h + x
        return F.avg_pool2d(h, 2) + F.avg_pool2d(self.shortcut(x), 2)


class Discriminator(nn.Module):
    def __init__(self, width, embedding=512):
        super().__init__()
        channels = 2 * width
        self.blocks = nn.Sequential(
            FirstBlock(channels),
            SelfAttention(channels),
            Block(channels, down=True),
            Block(channels, down=False),
            Block(channels, down=False),
        )
        self.logit = sn(nn.Linear(channels, 1))
        self.embed = sn(nn.Linear(channels, embedding))
        self.proxies = sn(nn.Embedding(CLASSES, embedding))

    def forward(self, images, labels):
        features = activate(self.blocks(images)).sum(dim=(2, 3))
        embedding = F.normalize(self.embed(features), dim=1)
        proxy = F.normalize(self.proxies(labels), dim=1)
        return self.logit(features).squeeze(1), embedding, proxy


def contrastive(embedding, proxy, labels):
    """The 2C loss at temperature 1."""
    to_proxy = (embedding * proxy).sum(dim=1, keepdim=True)
    to_others = embedding @ embedding.t()
    others = ~torch.eye(len(labels), dtype=torch.bool)
    same = labels.unsqueeze(0) == labels.unsqueeze(1)
    positive = torch.cat([to_proxy, to_others.masked_fill(~(others & same), -float("inf"))], dim=1)
    everything = torch.cat([to_proxy, to_others.masked_fill(~others, -float("inf"))], dim=1)
    return (everything.logsumexp(dim=1) - positive.logsumexp(dim=1)).mean()


class Training:
    def __init__(self, width, batch, critic):
        self.batch, self.critic = batch, critic
        self.generator, self.discriminator = Generator(width), Discriminator(width)
        settings = dict(lr=2e-4, betas=(0.5, 0.999), eps=1e-6)
        self.g_optimizer = torch.optim.Adam(self.generator.parameters(), **settings)
        self.d_optimizer = torch.optim.Adam(self.discriminator.parameters(), **settings)
        count = max(2048, batch)
        self.images = torch.randint(0, 256, (count, 3, 32, 32), dtype=torch.uint8)
        self.labels = torch.arange(count) % CLASSES

    def real(self):
        rows = torch.randint(0, len(self.labels), (self.batch,))
        images = self.images[rows].float() / 127.5 - 1
        flipped = torch.rand(self.batch, 1, 1, 1) < 0.5
        return torch.where(flipped, images.flip(3), images), self.labels[rows]

    def fake(self):
        labels = torch.randint(0, CLASSES, (self.batch,))
        return self.generator(torch.randn(self.batch, self.generator.latent), labels), labels

    def turn(self, generator_learns):
        self.generator.requires_grad_(generator_learns)
        self.discriminator.requires_grad_(not generator_learns)

    def discriminator_update(self):
        self.turn(generator_learns=False)
        self.d_optimizer.zero_grad()
        images, labels = self.real()
        real, embedding, proxy = self.discriminator(images, labels)
        fake, _, _ = self.discriminator(*self.fake())
        loss = F.relu(1 - real).mean() + F.relu(1 + fake).mean() + contrastive(embedding, proxy, labels)
        loss.backward()
        self.d_optimizer.step()

    def generator_update(self):
        self.turn(generator_learns=True)
        self.g_optimizer.zero_grad()
        images, labels = self.fake()
        fake, embedding, proxy = self.discriminator(images, labels)
        loss = -fake.mean() + contrastive(embedding, proxy, labels)
        loss.backward()
        self.g_optimizer.step()

    def iterate(self):
        for _ in range(self.critic):
            self.discriminator_update()
        self.generator_update()


if __name__ == "__main__":
    protocol.serve(lambda o: Training(o.width, o.batch, o.critic), width=32, batch=64, critic=5)
