#!/bin/sh
# Duello against PyTorch, whole training iterations: bench/race.sh [--gan contragan|stylegan2] [more options]
# PYTHON names a python that has PyTorch (default python3).
set -eu
exec "$(dirname -- "$0")/run.sh" StepRace --python "${PYTHON:-python3}" "$@"
