# shellcheck shell=sh
# How the program is started, for the launchers: ./container-tui of the checkout and packaging/launcher of an image.

# A cache is used only by a JVM with the same garbage collector and class path as when it was recorded.
# -Xlog:disable: warnings of the JVM, about a cache that does not fit for example, would go to standard output.
jvm_options='-XX:+UseSerialGC -Xlog:disable --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow'
# Where it was recorded for, a cache is used as it is in the file; elsewhere, which is the default, each start writes to each page of it.
# A JVM that does not know this option any more is to go without it.
mapping_options='-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0'

# Records ahead-of-time caches (JEP 514): that of commands, and the engine's own. The program's state while it does is in a directory
# that goes away.
record_cache_of() { # java class-path cache engine-cache
  home=$(mktemp -d) || return 1
  # In two steps: the JVM that does both starts the second as its child, which has not inherited what is open here.
  # shellcheck disable=SC2086
  "$1" $jvm_options -XX:AOTMode=record -XX:AOTConfiguration="$3.$$.conf" -cp "$2" dev.containertui.cli.WarmUp "$home" "$4.$$" \
    >/dev/null 2>&1 </dev/null &&
    "$1" $jvm_options -XX:AOTMode=create -XX:AOTConfiguration="$3.$$.conf" -XX:AOTCache="$3.$$" -cp "$2" >/dev/null 2>&1 </dev/null &&
    { [ ! -f "$4.$$" ] || mv "$4.$$" "$4"; } && mv "$3.$$" "$3" 2>/dev/null
  recorded=$?
  rm -rf "$home" "$3.$$" "$3.$$.conf" "$4.$$"
  return $recorded
}

# Becomes the program.
launch() { # java class-path cache-or-nothing engine-cache argument...
  java=$1 class_path=$2 cache=$3 engine_cache=$4
  shift 4
  # The optimising compiler pays for what hashes and unpacks, in loops; of all else it is to ask for ten times as many calls as usual,
  # as in the engine (EngineLaunch). Other commands end before it starts.
  case ${1:-} in
  '' | --embedded | run | demo | repl | pull | kernel)
    compiler='-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000' ;;
  *) compiler=-XX:TieredStopAtLevel=1 ;;
  esac
  # Java reads arguments in the encoding of the locale; without one it would garble all but ASCII.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
  *) if [ -n "${LC_ALL:-}" ]; then LC_ALL=C.UTF-8 && export LC_ALL; else LC_CTYPE=C.UTF-8 && export LC_CTYPE; fi ;;
  esac
  # user.home: Java asks the user database, but $HOME is where this script, XDG and the user look.
  # shellcheck disable=SC2086
  exec "$java" $jvm_options -XX:-UsePerfData ${cache:+$mapping_options "-XX:AOTCache=$cache" "-Ddev.containertui.aot=$engine_cache"} $compiler \
    ${HOME:+"-Duser.home=$HOME"} ${CONTAINER_TUI_JAVA_OPTS:-} -cp "$class_path" dev.containertui.cli.Main "$@"
}
