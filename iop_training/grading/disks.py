"""Which folders are on a disk of this machine, as far as the system tells."""

from __future__ import annotations

from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
LOCAL = frozenset(
    ("bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay", "tmpfs", "xfs", "zfs")
)
"""File systems that one machine has to itself. All others may be shared."""


def on_local_disk(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether ``folder`` is on a file system known to be this machine's own; False where
    the system does not tell (any but Linux)."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    whole, depth, kind = folder.resolve(), -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        fields, described = left.split(" "), right.split(" ")
        if len(fields) < 5:
            continue
        point = Path(fields[4].encode().decode("unicode_escape"))
        # The later of two mounts on one place hides the other.
        if whole.is_relative_to(point) and len(point.parts) >= depth:
            depth, kind = len(point.parts), described[0]
    return kind in LOCAL
