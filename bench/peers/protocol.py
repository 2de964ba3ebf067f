"""What every script here speaks with bench/race.sh.

Prints "ready <G parameters> <D parameters>"; answers each line "go <n>" with the milliseconds that one of n training
iterations took; at any other line, or the end of input, prints "peak <KiB>" and ends.
"""

import argparse
import sys
import time

try:
    import torch
except ImportError:
    sys.exit("PyTorch is missing for " + sys.executable + ": set PYTHON to one that has it, see bench/peers/README.md")


def parameters(network):
    return sum(p.numel() for p in network.parameters())


def peak():
    with open("/proc/self/status") as status:
        return next(line.split()[1] for line in status if line.startswith("VmHWM"))


def serve(made, **defaults):
    """Speaks for made(options), which has a generator, a discriminator and iterate(); every default is an option."""
    options = argparse.ArgumentParser()
    for name, value in {**defaults, "threads": 2}.items():
        options.add_argument("--" + name, type=int, default=value)
    options = options.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    training = made(options)
    print("ready", parameters(training.generator), parameters(training.discriminator), flush=True)
    for line in iter(sys.stdin.readline, ""):
        if not line.startswith("go "):
            break
        iterations = int(line.split()[1])
        start = time.perf_counter()
        for _ in range(iterations):
            training.iterate()
        print(f"{(time.perf_counter() - start) * 1000 / iterations:.4f}", flush=True)
    print("peak", peak(), flush=True)
