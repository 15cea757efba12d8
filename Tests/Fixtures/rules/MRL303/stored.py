import textwrap


class Plugin:
    def __init__(self, source):
        self.source = source

    def load(self):
        scope = {}
        exec(self.source, scope)  # expect: MRL303
        return scope


def constant():
    return eval("1 + 1")


def written_by_the_program(names):
    body = "\n".join(f"def {name}(): pass" for name in names)
    scope = {}
    exec(textwrap.dedent(body), scope)
    return scope
