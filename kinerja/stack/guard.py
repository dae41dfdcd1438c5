"""Become another program that dies with its launcher: ``python guard.py SIGNAL LAUNCHER UID GID program args...``.

Run as a file, with the standard library alone, so that it costs some milliseconds. It stands between because code run
in a fork of a threaded process may hang, and because the kernel forgets the death signal when the user changes.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP = 28, 4
"""Without the fix-up access(2), with which initdb looks for its neighbours, respects the capability too."""
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAPABILITIES = (2, 1)
"""DAC_READ_SEARCH, or DAC_OVERRIDE where containers leave only that."""
CAPSET_VERSION = 0x20080522


def main() -> None:
    death_signal, launcher, uid, gid = map(int, sys.argv[1:5])
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if uid:
        _become(libc, uid, gid)
    if libc is not None:
        libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != launcher:  # it died before we asked for the signal
        sys.exit(1)
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606 - becoming that program is the purpose


def _become(libc: ctypes.CDLL | None, uid: int, gid: int) -> None:
    """Another user, who may still pass through directories that only root may: our data lies below them."""
    if libc is not None:
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if libc is None:
        return
    for capability in CAPABILITIES:
        header = (ctypes.c_uint32 * 2)(CAPSET_VERSION, 0)
        sets = (ctypes.c_uint32 * 6)(*[1 << capability] * 3, 0, 0, 0)  # effective, permitted, inheritable; high halves
        if libc.capset(header, sets) == 0:
            libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)
            return


if __name__ == "__main__":
    main()
