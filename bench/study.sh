#!/bin/sh
# Trains every run of a plan and prints their table: bench/study.sh bench/studies/shapes.plan DIR [JOBS [KEY=VALUE ...]]
# JOBS runs are trained at a time (1 unless told), which share the processors. The first seed of every method comes
# before the second of any; runs that DIR holds already are left as they are, so a study that was stopped goes on.
# Settings given here are laid over those of the plan: with train.steps=100 it is a quick look at what the steps cost.
#
# A plan's lines are
#   NAME SEED,SEED,... RECIPE KEY=VALUE ...   runs NAME-seedSEED of a recipe with settings of their own
#   all KEY=VALUE ...                         settings of all runs below, added to those of the lines 'all' above
#   source RUN                                recipes adapt/... below adapt RUN: a run above, as NAME-seedSEED, or a path
# What stands above a line 'source' is trained to the end before what stands below begins.
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

# Lines 'RUN COMMAND ... SETTINGS ... train.seed=SEED' of what stands below that many lines 'source', seed by seed.
runs() {
    awk -v below="$1" '
        /^#/ || NF == 0 { next }
        $1 == "source" { source = $2; sources++; next }
        { settings = ""; for (i = $1 == "all" ? 2 : 4; i <= NF; i++) settings = settings " " $i }
        $1 == "all" { all = all settings; next }
        sources == below {
            how = $3 ~ /^adapt\// ? "adapt " source " --method " substr($3, 7) : "train " $3
            count = split($2, seeds, ",")
            for (i = 1; i <= count; i++)
                turn[i] = turn[i] $1 "-seed" seeds[i] " " how all settings " train.seed=" seeds[i] "\n"
            if (count > most) most = count
        }
        END { for (i = 1; i <= most; i++) printf "%s", turn[i] }' "$plan"
}

cores=$(nproc 2>/dev/null || sysctl -n hw.ncpu)
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-$((cores > jobs ? cores / jobs : 1))}"
"$here/duello" --version >&2 # builds first, where something has changed
for below in $(awk '$1 == "source" { print sources++ + 0 } END { print sources + 0 }' "$plan"); do
    # shellcheck disable=SC2016
    runs "$below" | tr '\n' '\0' | xargs -0 -n 1 -P "$jobs" sh -c '
        set -f
        duello=$1 out=$2
        [ -n "${4:-}" ] || exit 0 # nothing stands there
        set -- $4 $3
        run=$1
        shift
        finished() { grep -q "\"state\" : \"DONE\"" "$out/$1/run.json" 2>/dev/null; }
        ! finished "$run" || exit 0
        rm -rf "${out:?}/$run"
        if [ "$1" = adapt ] && [ -d "$out/$2" ] && ! finished "$2"; then
            echo "$run failed: $2, which it starts from, is not finished" >&2
            exit 0
        fi
        echo "$run" >&2
        "$duello" "$@" --quiet --name "$run" --runs "$out" </dev/null >&2 || echo "$run failed" >&2
    ' study "$here/duello" "$out" "$*"
done
exec "$here/bench/run.sh" StudyTable "$out"
