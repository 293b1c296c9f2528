"""The first program in the sandbox, given there as a file: standard library only.

Leaves the account of a supervisor who is root, gives the submission's files a place to be written
to, sets the limits that nothing in the sandbox can lift, and becomes the program to run.
"""

import json
import os
import resource
import shutil
import sys

SHUT = ["--unshare-user", "--disable-userns", "--die-with-parent", "--dev-bind", "/", "/", "--"]
"""For bwrap, inside: new user namespaces can't be made any more."""


def main(settings: dict, program: list[str]) -> None:
    """``settings``: "uid" (None keeps the account), "bwrap", "files" (a folder), "work" (the folder
    to begin in) and "limits", by the names of ``resource``."""
    uid = settings["uid"]
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        program = [settings["bwrap"], *SHUT, *program]
    shutil.copytree(settings["files"], settings["work"])
    for name, value in settings["limits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))
    os.chdir(settings["work"])
    os.execv(program[0], program)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2:])
