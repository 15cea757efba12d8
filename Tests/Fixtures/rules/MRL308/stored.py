from jinja2 import Environment
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Prompts:
    def __init__(self, store):
        self.store = store
        self.environment = Environment(autoescape=True)
        self.sandbox = ImmutableSandboxedEnvironment()

    def render(self, key, values):
        return self.environment.from_string(self.store[key]).render(values)  # expect: MRL308

    def render_safely(self, key, values):
        return self.sandbox.from_string(self.store[key]).render(values)

    def greeting(self, name):
        return self.environment.from_string("Hello {{ name }}").render(name=name)
