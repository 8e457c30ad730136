"""A stream of terminal output as a day's work brings it, the same bytes each time, for a screen of 200x50.

Its parts, in percent of its bytes, come in lots of about 16 kB, shuffled. PERCENT says what each part is.
"""
import os, random

PERCENT = {
    "builds": (30, "compilers and build tools: coloured levels, file names, source lines with carets"),
    "logs": (20, "plain logs, some of whose lines are longer than the screen is wide"),
    "listings": (10, "ls -l --color, grep --color"),
    "programs": (20, "vim, less, top, htop, mc, tmux, bash, watch, as recorded for the tests; top and an editor at 200x50"),
    "languages": (10, "UTF-8: Chinese, Japanese, Korean, Cyrillic, Greek, French; emoji, combining marks, frames"),
    "progress": (7, "progress bars that begin their line anew (CR, EL, SGR)"),
    "regions": (3, "lines in a scrolling region above a status line (DECSTBM, as apt has it)"),
}
LOT = 16_000
LAST_LINE = "the last line of it all"
RECORDINGS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "tui/src/test/resources/vt")
WORDS = ("core engine registry layer manifest digest machine agent stream frame credit socket buffer volume network kernel clone template state "
         "record the of and to a in for is with not from by at before after while which").split()
LANGUAGES = [
    "容器在自己的虚拟机中运行,彼此隔离。镜像从注册表下载,然后解压为一个文件系统。",
    "コンテナはそれぞれ自分の仮想マシンで動きます。漢字かな交じり文は二倍の幅をとる。",
    "각 컨테이너는 자신의 가상 머신에서 실행되며 커널을 공유하지 않습니다.",
    "Каждый контейнер работает в собственной виртуальной машине; у него своё ядро.",
    "Κάθε περιέκτης τρέχει στη δική του εικονική μηχανή.",
    "Chaque conteneur a sa propre machine virtuelle ; ça démarre très vite, même à l'étranger.",
    "✅ build passed 🎉  ⚠️ 3 warnings  🚀 deployed to prod  👩‍💻 by Zoë  🇩🇪 🇯🇵",
    "cafe\u0301 nai\u0308ve A\u030angstro\u0308m n\u0303 Việt Nam: tie\u0302\u0301ng",
    "╭──────────────┬────────┬──────╮ │ name         │ state  │ cpu  │ ├──────────────┼────────┼──────┤ ▁▂▃▄▅▆▇█ ░▒▓ → ← ↑ ↓ • … “quoted”",
]


def words(r, low, high):
    return " ".join(r.choice(WORDS) for _ in range(r.randint(low, high)))


def path(r):
    return "/".join(r.choice(WORDS[:18]) for _ in range(r.randint(2, 5))) + r.choice((".java", ".c", ".rs", ".go"))


def builds(r):
    kind = r.randrange(5)
    if kind == 0:
        return "[\x1b[1;34mINFO\x1b[m] %s %s\r\n" % (r.choice(("Compiling", "Copying", "Building jar:", "Tests run:")), path(r))
    if kind == 1:
        source = "    %s(%s);" % (r.choice(WORDS), words(r, 3, 8))
        return ("\x1b[1m%s:%d:%d: \x1b[0m\x1b[0;1;35mwarning: \x1b[0m\x1b[1m%s [-Wunused]\x1b[0m\r\n%s\r\n\x1b[0;1;32m%s^~~~~~\r\n\x1b[0m"
                % (path(r), r.randint(1, 999), r.randint(1, 80), words(r, 4, 9), source, " " * r.randint(4, 30)))
    if kind == 2:
        return "\x1b[0m\x1b[1m\x1b[32m   Compiling\x1b[0m %s v%d.%d.%d\r\n" % (r.choice(WORDS), r.randint(0, 9), r.randint(0, 30), r.randint(0, 9))
    if kind == 3:
        return "[ %2d%%] \x1b[32mBuilding C object %s.o\x1b[0m\r\n" % (r.randint(0, 99), path(r))
    return "gcc -O2 -Wall -Wextra -fPIC -I%s -DNDEBUG -c %s -o build/%s.o\r\n" % (path(r), path(r), path(r))


def logs(r):
    line = "2026-11-26T%02d:%02d:%02d.%03dZ %-5s [worker-%d] %s: %s" % (
        r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.randint(0, 999), r.choice(("INFO", "DEBUG", "WARN", "ERROR")), r.randint(1, 64),
        path(r), words(r, 4, 14))
    if r.randrange(8) == 0:
        line += " {" + ", ".join('"%s": %d' % (r.choice(WORDS), r.getrandbits(30)) for _ in range(r.randint(4, 16))) + "}"
    return line + "\r\n"


def listings(r):
    if r.randrange(3):
        color = r.choice(("01;34", "01;32", "01;36", "01;31", "40;33;01", "0"))
        return "drwxr-xr-x %2d root root %8d Nov 26 %02d:%02d \x1b[0m\x1b[%sm%s\x1b[0m\r\n" % (
            r.randint(1, 40), r.getrandbits(22), r.randint(0, 23), r.randint(0, 59), color, path(r).replace("/", "-"))
    return "\x1b[35m\x1b[K%s\x1b[m\x1b[K\x1b[36m\x1b[K:\x1b[m\x1b[K\x1b[32m\x1b[K%d\x1b[m\x1b[K\x1b[36m\x1b[K:\x1b[m\x1b[K%s \x1b[01;31m\x1b[K%s\x1b[m\x1b[K %s\r\n" % (
        path(r), r.randint(1, 999), words(r, 2, 5), r.choice(WORDS), words(r, 2, 5))


def recorded():
    """Each recording is cut off while its program runs: what ends such programs comes after it."""
    streams = []
    for name in sorted(os.listdir(RECORDINGS)):
        if name.endswith(".stream"):
            with open(os.path.join(RECORDINGS, name), "rb") as file:
                streams.append(file.read().decode("utf-8", "replace") + "\x1b[r\x1b[m\x1b[4l\x1b[?7h\x1b[?1l\x1b>\x1b[?25h\x1b[?1049l\x1b[50;1H\r\n")
    return streams


def top(r):
    """A picture of top on the whole screen: one row after the other, each to its end."""
    out = ["\x1b[?1049h\x1b[?25l\x1b[H\x1b[mtop - %02d:%02d:%02d up 9:54,  1 user,  load average: %.2f, %.2f, %.2f\x1b[m\x1b[K\r\n"
           % (r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.random() * 4, r.random() * 4, r.random() * 4)]
    out.append("%Cpu(s):\x1b[m\x1b[1m " + "\x1b[m us,\x1b[m\x1b[1m ".join("%4.1f" % (r.random() * 30) for _ in range(6)) + "\x1b[m st\x1b[m\x1b[K\r\n\x1b[K\r\n")
    out.append("\x1b[7m    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\x1b[m\x1b[K\r\n")
    for _ in range(45):
        out.append("\x1b[m%s%7d root      20   0 %7d %6d %6d %s %5.1f %5.1f %6d:%05.2f %s\x1b[m\x1b[K\r\n" % (
            "\x1b[1m" if r.randrange(4) == 0 else "", r.getrandbits(20), r.getrandbits(22), r.getrandbits(18), r.getrandbits(16), r.choice("SRI"),
            r.random() * 100, r.random() * 30, r.getrandbits(9), r.random() * 60, r.choice(WORDS)))
    return "".join(out) + "\x1b[J\x1b[?25h\x1b[?1049l"


def editor(r):
    """An editor with highlighted source: single places, and whole rows when it scrolls."""
    out = ["\x1b[?1049h\x1b[1;49r\x1b[?25l"]
    for _ in range(40):
        row = r.randint(1, 49)
        if r.randrange(4) == 0:
            out.append("\x1b[49;1H\r\n" if r.randrange(2) else "\x1b[1;1H\x1b[L")
        out.append("\x1b[%d;1H\x1b[38;5;130m%4d \x1b[m    \x1b[38;5;2m%s\x1b[m \x1b[1m%s\x1b[m(\x1b[38;5;1m\"%s\"\x1b[m, \x1b[38;2;95;135;255m%d\x1b[m);\x1b[K" % (
            row, r.randint(1, 9999), r.choice(WORDS), r.choice(WORDS), words(r, 1, 6), r.getrandbits(12)))
        out.append("\x1b[50;180H%d,%d\x1b[K\x1b[%d;%dH\x1b[?25h" % (row, r.randint(1, 80), row, r.randint(1, 120)))
    return "".join(out) + "\x1b[r\x1b[?1049l"


def programs(r, streams):
    return r.choice((top, editor))(r) if r.randrange(2) else r.choice(streams)


def languages(r):
    return r.choice(LANGUAGES) + "\r\n" if r.randrange(3) else r.choice(LANGUAGES) + " " + r.choice(LANGUAGES) + "\r\n"


def progress(r):
    name, out = r.choice(WORDS), []
    for percent in range(0, 101, r.randint(2, 7)):
        full = percent // 3
        out.append("\r\x1b[K\x1b[36m%-12s\x1b[0m |\x1b[32m%s\x1b[90m%s\x1b[0m| %3d%% %5.1f MB/s" % (name, "█" * full, "░" * (33 - full), percent, r.random() * 90))
    return "".join(out) + "\r\n"


def regions(r):
    out = ["\x1b7\x1b[1;49r\x1b8\x1b[49;1H"]
    for n in range(30):
        out.append("Unpacking %s (%d.%d-%d) ...\r\n" % (r.choice(WORDS), r.randint(0, 9), r.randint(0, 30), r.randint(1, 9)))
        out.append("\x1b7\x1b[50;1H\x1b[42m\x1b[30mProgress: [%3d%%]\x1b[49m\x1b[39m [%s%s] \x1b8" % (n * 3, "#" * n, "." * (30 - n)))
    return "".join(out) + "\x1b7\x1b[r\x1b8\x1b[50;1H\r\n"


def write(file, size, variety=10_000_000):
    """Writes about `size` bytes, and the last line; what it is made of comes again after `variety` bytes."""
    r = random.Random(1)
    streams = recorded()
    makers = {"builds": builds, "logs": logs, "listings": listings, "programs": lambda r: programs(r, streams), "languages": languages,
              "progress": progress, "regions": regions}
    most = min(size, variety)
    lots = []
    for name, (percent, _) in PERCENT.items():
        made, lot, length = 0, [], 0
        while made < most * percent / 100:
            piece = makers[name](r).encode()
            lot.append(piece)
            length += len(piece)
            made += len(piece)
            if length >= LOT:
                lots.append(b"".join(lot))
                lot, length = [], 0
        lots.append(b"".join(lot))
    r.shuffle(lots)
    once = b"".join(lots)
    for _ in range(max(1, round(size / len(once)))):
        file.write(once)
    file.write(b"\x1b[?1049l\x1b[r\x1b[50;1H\r\n" + LAST_LINE.encode())
