#!/usr/bin/env bash
# Japanese through real input methods from end to end: ime.sh PATH_OF_HYOKA [fcitx5|ibus]
# Under Xvfb, with fcitx5 and with ibus, each with mozc: 日本語 arrives in a comment, in a cell and in the search; the
# input mode survives a change of field; the candidates stand below the line; a click elsewhere in mid-composition
# loses nothing and strands nothing. What is typed and looked at stands in ime.py. Pictures go to $HYOKA_ARTEFACTS, by
# default the folder e2e beside the binary.
#
# mozc serves no root: as root, all of it runs as nobody. Nothing of the desktop that this may be run on is touched:
# screen, buses, home folder and settings are of its own.
set -euo pipefail
. "$(dirname "$0")/common.sh"

[ "$(uname -s)" = Linux ] || { echo "skipped: input methods are driven through X11, on Linux"; exit 0; }
need Xvfb openbox xdotool xprop import timeout dbus-daemon gdbus fcitx5 ibus ibus-daemon setpriv
lacking=
/usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0"); from gi.repository import Atspi' 2>/dev/null ||
    lacking="python3-gi with gir1.2-atspi-2.0"
launcher=$(find /usr/libexec /usr/lib -name at-spi-bus-launcher -type f -print -quit 2>/dev/null)
[ -n "$launcher" ] || lacking=at-spi2-core
[ -e /usr/share/fcitx5/addon/mozc.conf ] || lacking=fcitx5-mozc
[ -e /usr/share/ibus/component/mozc.xml ] || lacking=ibus-mozc
if [ -n "$lacking" ]; then
    [ "${CI:-}" = true ] && fail "not installed: $lacking"
    echo "skipped: not installed: $lacking"
    exit 0
fi
hyoka=$(realpath "${1:?usage: ime.sh PATH_OF_HYOKA [fcitx5|ibus]}")
here=$(realpath "$(dirname "$0")")
framework=${2:-}

# --- the outer half: once for each framework, as somebody whom mozc serves --------------------------------------------
if [ -z "${HYOKA_IME_WORK:-}" ]; then
    pictures=${HYOKA_ARTEFACTS:-$(dirname "$hyoka")/e2e}
    mkdir -p "$pictures"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir "$work/program" "$work/pictures"
    cp "$here/ime.sh" "$here/ime.py" "$here/common.sh" "$work/program"
    cp --reflink=auto "$hyoka" "$work/program/hyoka"
    # The candidates are drawn with the fonts that Hyoka embeds, whatever this machine has.
    mkdir -p "$work/fonts"
    find "$here/../../assets/fonts" -name '*.[ot]tf' -exec cp {} "$work/fonts" \;
    chmod 755 "$work"
    as=()
    if [ "$(id -u)" -eq 0 ]; then
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
        chmod -R a+rX "$work/program" "$work/fonts"
        chown -R 65534:65534 "$work/pictures"
        mkdir -p /tmp/.X11-unix
        chmod 1777 /tmp/.X11-unix
    fi
    for each in ${framework:-fcitx5 ibus}; do
        step "$each"
        mkdir "$work/$each"
        [ ${#as[@]} -eq 0 ] || chown 65534:65534 "$work/$each"
        code=0
        HYOKA_IME_WORK=$work/$each timeout -k 20 240 "${as[@]}" \
            bash "$work/program/ime.sh" "$work/program/hyoka" "$each" || code=$?
        cp "$work"/pictures/*.png "$pictures" 2>/dev/null || true
        [ "$code" -eq 0 ] || fail "$each"
    done
    echo "Japanese arrives; pictures in $(realpath "$pictures")"
    exit 0
fi

# --- the inner half: one framework ------------------------------------------------------------------------------------
work=$HYOKA_IME_WORK
cd "$work"

# Everything that is started here carries $HYOKA_IME_WORK in its environment; exactly that is ended, by process id.
ours() {
    local environ pid
    for environ in /proc/[0-9]*/environ; do
        pid=${environ#/proc/}
        pid=${pid%/environ}
        [ "$pid" != $$ ] && [ "$pid" != $BASHPID ] || continue
        { tr '\0' '\n' <"$environ" | grep -qxF "HYOKA_IME_WORK=$work"; } 2>/dev/null && echo "$pid"
    done
    true
}
end() {
    local signal
    for signal in TERM KILL; do
        # shellcheck disable=SC2046 # one process id a word
        kill -$signal $(ours) 2>/dev/null || true
        for _ in {1..20}; do [ -z "$(ours)" ] && return; sleep 0.1; done
    done
}
trap end EXIT
trap 'exit 1' INT TERM

# within SECONDS COMMAND… : repeats the command until it succeeds; whether it did.
within() {
    local limit=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$limit" ] || return 1
        sleep 0.1
    done
}
give_up() {
    tail -n 20 ./*.txt >&2
    fail "$framework: $1"
}

export HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache \
    XDG_DATA_HOME=$work/data LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1
unset LANG WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS XAUTHORITY SESSION_MANAGER
mkdir -p "$HOME" "$XDG_RUNTIME_DIR" "$XDG_CACHE_HOME" "$XDG_DATA_HOME" config/fcitx5/conf config/ibus config/mozc \
    config/glib-2.0/settings
chmod 700 "$XDG_RUNTIME_DIR"
ln -s ../../fonts data/fonts

# A screen, a session bus, a window manager without which no window is given the keyboard, and the bus of screen readers.
exec 3<>number
Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp >xvfb.txt 2>&1 </dev/null &
within 10 test -s number || give_up "Xvfb does not start"
exec 3>&-
DISPLAY=:$(cat number)
export DISPLAY
export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/run/bus
dbus-daemon --session --nofork --nosyslog --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS" >bus.txt 2>&1 </dev/null &
within 10 test -S run/bus || give_up "the session bus does not start"
openbox >openbox.txt 2>&1 </dev/null &
managed() { xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 0x; }
within 10 managed || give_up "no window manager"
"$launcher" --launch-immediately >atspi.txt 2>&1 </dev/null &
reader() {
    gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
        --method org.freedesktop.DBus.Properties.Set org.a11y.Status "$1" '<true>'
}
for property in IsEnabled ScreenReaderEnabled; do
    within 10 reader "$property" || give_up "no bus for screen readers"
done

lines() { printf '%s\n' "$@"; }
case $framework in
fcitx5)
    export XMODIFIERS=@im=fcitx
    lines '[Groups/0]' Name=Default 'Default Layout=us' DefaultIM=mozc '[Groups/0/Items/0]' Name=keyboard-us Layout= \
        '[Groups/0/Items/1]' Name=mozc Layout= '[GroupOrder]' 0=Default >config/fcitx5/profile
    lines '[Hotkey/TriggerKeys]' 0=Control+space >config/fcitx5/config
    # The program draws what is being composed, so that all there is to lose can be lost.
    lines UseOnTheSpot=True >config/fcitx5/conf/xim.conf
    start() { fcitx5 >im.txt 2>&1 </dev/null & }
    # Asked of the bus: fcitx5-remote would have the bus start another one.
    owned() {
        gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
            --method org.freedesktop.DBus.NameHasOwner org.fcitx.Fcitx5 | grep -q true
    }
    up() { xprop -root XIM_SERVERS | grep -q fcitx && owned; }
    ;;
ibus)
    export XMODIFIERS=@im=ibus GSETTINGS_BACKEND=keyfile
    lines '[desktop/ibus/general]' "preload-engines=['mozc-jp']" "engines-order=['mozc-jp']" \
        use-system-keyboard-layout=true >config/glib-2.0/settings/keyfile
    # Kana from the start; mozc on ibus would begin with Latin letters.
    lines 'engines {' '  name : "mozc-jp"' '  longname : "Mozc"' '  layout : "default"' '  rank : 80' '}' \
        'active_on_launch: True' >config/mozc/ibus_config.textproto
    # In a session of its own, because it ends its whole group of processes with itself.
    start() { setsid ibus-daemon --xim --replace --panel=default >im.txt 2>&1 </dev/null & }
    up() { xprop -root XIM_SERVERS | grep -q ibus && ibus engine mozc-jp; }
    ;;
*) give_up "no such framework" ;;
esac
# The one thing that is tried again: a framework may lose the race for its buses.
for try in 1 2 3; do
    start
    within 15 up && break
    [ "$try" -lt 3 ] || give_up "the input method does not start"
    kill $! 2>/dev/null || true
    wait $! 2>/dev/null || true
done

timeout 60 "$hyoka" sample -o s.ron || give_up "the sample is not written"
HYOKA_LOG=hyoka=debug "$hyoka" --lang ja s.ron >log.txt 2>&1 </dev/null &
app=$!
visible() { timeout 10 xdotool search --onlyvisible --name Hyoka; }
within 30 visible || give_up "the window does not appear"
activated() { timeout 5 xdotool windowactivate --sync "$(visible | tail -1)"; }
within 15 activated || give_up "the window is not given the keyboard"
within 30 grep -q 'drawn.*frame=1 ' log.txt || give_up "the first frame is not drawn"

/usr/bin/python3 -W ignore "$here/ime.py" "$framework" "$hyoka" s.ron "$work/../pictures" || give_up "see above"

kill -0 "$app" || give_up "the program ended"
grep -q panicked log.txt && give_up "something panicked"
timeout 20 xdotool key --clearmodifiers ctrl+q
code=0
timeout 20 tail --pid="$app" -f number >ended.txt || code=$?
[ "$code" -eq 0 ] || give_up "Ctrl+Q does not close the window"
wait "$app" || give_up "the window ended badly"
