#!/bin/sh
# Trains every run of a plan and prints their table: bench/study.sh bench/studies/shapes.plan DIR [JOBS [KEY=VALUE ...]]
# JOBS runs are trained at a time (1 unless told), which share the processors. The first seed of every method comes
# before the second of any; runs that DIR holds already are left as they are, so a study that was stopped goes on.
# Settings given here are laid over those of the plan: with train.steps=100 it is a quick look at what the steps cost.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
[ $# -ge 2 ] || { echo 'usage: bench/study.sh PLAN DIR [JOBS [KEY=VALUE ...]]' >&2; exit 2; }
plan=$1
out=$2
jobs=${3:-1}
[ $# -lt 3 ] || shift
shift 2
case $jobs in
    '' | *[!0-9]* | 0*) echo "JOBS is $jobs, not a number from 1 on" >&2; exit 2 ;;
esac

# Lines 'RUN RECIPE SETTINGS ... train.seed=SEED', seed by seed.
runs() {
    awk '
        /^#/ || NF == 0 { next }
        $1 == "all" { all = $0; sub(/^all +/, "", all); next }
        {
            count[++lines] = split($2, seeds, ","); name[lines] = $1
            for (i = 1; i <= count[lines]; i++) seed[lines, i] = seeds[i]
            if (count[lines] > most) most = count[lines]
            $1 = $2 = ""; settings[lines] = $0
        }
        END {
            for (i = 1; i <= most; i++) for (l = 1; l <= lines; l++) if (i <= count[l]) {
                n = split(settings[l], words, " "); own = ""
                for (w = 2; w <= n; w++) own = own " " words[w]
                print name[l] "-seed" seed[l, i], words[1], all own, "train.seed=" seed[l, i]
            }
        }' "$plan"
}

cores=$(nproc 2>/dev/null || sysctl -n hw.ncpu)
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-$((cores > jobs ? cores / jobs : 1))}"
"$here/duello" --version >&2 # builds first, where something has changed
# shellcheck disable=SC2016
runs | tr '\n' '\0' | xargs -0 -n 1 -P "$jobs" sh -c '
    set -f
    duello=$1 out=$2
    set -- $4 $3
    grep -q "\"state\" : \"DONE\"" "$out/$1/run.json" 2>/dev/null && exit 0
    rm -rf "${out:?}/$1"
    echo "$1" >&2
    run=$1
    shift
    "$duello" train --quiet --name "$run" --runs "$out" "$@" </dev/null >&2 || echo "$run failed" >&2
' study "$here/duello" "$out" "$*"
exec "$here/bench/run.sh" StudyTable "$out"
