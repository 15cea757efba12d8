from typing import Annotated, Any
from jinja2.environment import Environment as Environment, Template as Template
from jinja2.sandbox import SandboxedEnvironment as SandboxedEnvironment
from jinja2.utils import select_autoescape as select_autoescape
