#!/bin/sh
# Runs a benchmark: bench/run.sh LayerRace [--option value ...]; builds first when a source is newer than the build.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
[ $# -ge 1 ] || { echo 'usage: bench/run.sh LayerRace|FilterRace|StepRace|AdaptationRace|SoakBench|StudyTable|jmh [options]' >&2; exit 2; }

stamp=$here/bench/target/classpath.txt
if [ ! -f "$stamp" ] || [ -n "$(cd "$here" && find pom.xml core/pom.xml bench/pom.xml core/src/main bench/src/main \
        -newer "$stamp" | head -n 1)" ]; then
    echo 'building ...' >&2
    (cd "$here" && "${DUELLO_MVN:-mvn}" -q -B -Dmaven.test.skip=true -pl bench -am package >&2)
    touch "$stamp"
fi

name=$1
shift
case $name in
    jmh) main=org.openjdk.jmh.Main ;;
    *) main=duello.bench.$name ;;
esac
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# The environment and options that Duello's launcher sets.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-2}"
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}"
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-10000}"
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"
cd "$here"
exec "$java" -Xmx2g -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
    -cp "$here/bench/target/classes:$here/core/target/classes:$(cat "$stamp")" "$main" "$@"
