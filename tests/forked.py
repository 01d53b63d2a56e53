"""Which children of ours are alive right now? Those of the fork server: a browser test has processes of its own."""

import psutil


def forked_children() -> list[psutil.Process]:
    servers = [one for one in psutil.Process().children() if "forkserver" in " ".join(one.cmdline())]
    return [child for server in servers for child in server.children(recursive=True)]
