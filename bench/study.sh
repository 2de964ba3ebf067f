#!/bin/sh
# Trains every run of a plan, one after the other, and prints their table: bench/study.sh bench/studies/shapes.plan DIR
# Runs that DIR holds already are left as they are, so a study that was stopped goes on.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
[ $# -eq 2 ] || { echo 'usage: bench/study.sh PLAN DIR' >&2; exit 2; }
plan=$1
out=$2
all=$(sed -n 's/^all //p' "$plan")
set -f
grep -Ev '^(#|all |$)' "$plan" | while read -r name seeds recipe own; do
    for seed in $(echo "$seeds" | tr , ' '); do
        run=$name-seed$seed
        if grep -q '"state" : "DONE"' "$out/$run/run.json" 2>/dev/null; then
            continue
        fi
        rm -rf "${out:?}/$run"
        echo "$run" >&2
        # shellcheck disable=SC2086
        "$here/duello" train "$recipe" --quiet --name "$run" --runs "$out" $all $own "train.seed=$seed" </dev/null >&2 ||
            echo "$run failed" >&2
    done
done
exec "$here/bench/run.sh" StudyTable "$out"
