#!/bin/sh
# Duello against PyTorch, whole training iterations of ContraGAN: bench/race.sh [width] [pairs] [more options]
# PYTHON names a python that has PyTorch (default python3).
set -eu
width=${1:-32}
pairs=${2:-15}
[ $# -ge 1 ] && shift
[ $# -ge 1 ] && shift
exec "$(dirname -- "$0")/run.sh" StepRace --width "$width" --pairs "$pairs" --python "${PYTHON:-python3}" "$@"
