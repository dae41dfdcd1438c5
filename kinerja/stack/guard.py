"""Become another program that dies with its launcher: ``python guard.py SIGNAL LAUNCHER UID GID program args...``.

Run as a file, with the standard library alone, so that it costs some milliseconds. It stands between because code run
in a fork of a threaded process may hang, and because the kernel forgets the death signal when the user changes.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    death_signal, launcher, uid, gid = map(int, sys.argv[1:5])
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if libc is not None:
        libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != launcher:  # it died before we asked to be told
        sys.exit(1)
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606 - becoming that program is the purpose


if __name__ == "__main__":
    main()
