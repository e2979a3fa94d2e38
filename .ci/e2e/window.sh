#!/usr/bin/env bash
# The real window from end to end: window.sh PATH_OF_HYOKA
# Drives it under Xvfb with keys alone: opens a file, idles, edits, saves, closes. Pictures go to $HYOKA_ARTEFACTS, by
# default the folder e2e beside the binary.
set -euo pipefail
. "$(dirname "$0")/common.sh"

[ "$(uname -s)" = Linux ] || { echo "skipped: the window is driven through X11, on Linux"; exit 0; }
need Xvfb openbox xdotool import timeout
hyoka=$(realpath "${1:?usage: window.sh PATH_OF_HYOKA}")
pictures=${HYOKA_ARTEFACTS:-$(dirname "$hyoka")/e2e}
mkdir -p "$pictures"
pictures=$(realpath "$pictures")
work=$(mktemp -d)
cd "$work"

# Whatever is started here is ended here, by its own process id.
server='' manager='' app=''
end() {
    for pid in $app $manager $server; do
        kill "$pid" 2>/dev/null || continue
        for _ in {1..20}; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        kill -9 "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT
trap 'exit 1' INT TERM

# within SECONDS WHAT COMMAND… : repeats the command until it succeeds.
within() {
    local limit=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$limit" ] || { shoot failed; cat log.txt >&2; fail "$what: not in time"; }
        sleep 0.1
    done
}

shoot() { timeout 20 import -window root "$pictures/$1.png" || true; }
keys() { timeout 20 xdotool key --clearmodifiers "$@"; }
running() { kill -0 "$app" 2>/dev/null; }
ended() { ! running; }
visible() { timeout 10 xdotool search --onlyvisible --name Hyoka; }

# start ARGUMENT… : the window, with preferences and home folder of its own.
start() {
    HOME=$work/home XDG_CONFIG_HOME=$work/config HYOKA_LOG=hyoka=debug LIBGL_ALWAYS_SOFTWARE=1 \
        "$hyoka" "$@" >log.txt 2>&1 </dev/null &
    app=$!
    within 30 "the window does not appear" visible
    window=$(visible | tail -1)
    within 15 "the window is not given the keyboard" timeout 5 xdotool windowactivate --sync "$window"
    within 30 "the first frame is not drawn" grep -q 'drawn.*frame=1 ' log.txt
}

# Ctrl+Q ends the program, and well.
quit() {
    keys ctrl+q
    within 15 "Ctrl+Q does not close the window" ended
    local code=0
    wait "$app" || code=$?
    app=''
    [ "$code" -eq 0 ] || { cat log.txt >&2; fail "the window ended with exit $code"; }
}

# idle WHAT : over five seconds in which nothing happens, less than 3 % of a core.
idle() {
    local before after used limit
    # What a toast or a late resize still has to draw is done by then.
    sleep 8
    before=$(cpu)
    sleep 5
    after=$(cpu)
    running || { cat log.txt >&2; fail "the program ended while idle"; }
    used=$((after - before))
    limit=$(($(getconf CLK_TCK) * 5 * 3 / 100))
    echo "$1: $used of $(($(getconf CLK_TCK) * 5)) ticks in 5 s, $(grep -c drawn log.txt) frames so far"
    [ "$used" -lt "$limit" ] || fail "$1: the window works while idle"
}

# Ticks of the processor that the program has used. Its name has no space, so the fields can be counted.
cpu() { awk '{ print $14 + $15 }' "/proc/$app/stat"; }

step "a screen"
exec 3<>number
Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp >xvfb.txt 2>&1 </dev/null &
server=$!
for _ in {1..100}; do [ -s number ] && break; sleep 0.1; done
exec 3>&-
[ -s number ] || { cat xvfb.txt >&2; fail "Xvfb does not start"; }
DISPLAY=:$(cat number)
export DISPLAY
unset WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS
mkdir -p home config
openbox >openbox.txt 2>&1 </dev/null 3>&- &
manager=$!
within 10 "the screen does not answer" timeout 5 xdotool getdisplaygeometry

step "the window opens the file it is given"
timeout 60 "$hyoka" sample -o s.ron || fail "the sample is not written"
start s.ron
grep -o 'since_start=[^ ]*' log.txt | head -1
within 30 "the file is not among the recent ones" grep -q s.ron config/hyoka/preferences.ron
shoot opened
idle "idle"

step "keys alone reach a field, and Ctrl+S saves"
word=typedbykeyboard
for stop in $(seq 80); do
    keys Tab
    timeout 20 xdotool type --delay 20 "$word"
    keys ctrl+s
    sleep 0.5
    running || { cat log.txt >&2; fail "the program ended while being typed into"; }
    grep -q "$word" s.ron && break
done
grep -q "$word" s.ron || { shoot failed; fail "no field took what was typed within $stop stops"; }
echo "reached at stop $stop"
shoot saved
timeout 60 "$hyoka" show s.ron | grep -q "$word" || fail "the saved file does not hold what was typed"
idle "idle with a caret"

step "unsaved changes are asked about, then Ctrl+Q ends it"
timeout 20 xdotool type --delay 20 more
keys ctrl+q
sleep 2
shoot asked
running || fail "Ctrl+Q lost unsaved changes"
keys Escape
sleep 1
keys ctrl+s
within 10 "the second save does not arrive" grep -q "${word}more" s.ron
quit
grep -q "$word" s.ron.bak || fail "no backup of the first save"
grep -q "${word}more" s.ron.bak && fail "the backup is not the file as it was"

step "a file that cannot be read is told in the window"
head -c 5000 s.ron >broken.ron
cp broken.ron kept.ron
start broken.ron
sleep 2
shoot broken
running || { cat log.txt >&2; fail "the program ended over a broken file"; }
idle "start page"
quit
cmp broken.ron kept.ron || fail "the broken file was touched"
[ -z "$(find . -name '.hyoka-*')" ] || fail "a temporary file is left"

grep -q panicked log.txt && fail "something panicked"
echo "the window holds; pictures in $pictures"
